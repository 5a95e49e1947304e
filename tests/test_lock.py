"""The lock holds every dependency that pyproject.toml names, exactly, and no address."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    locked = {_folded(line.split("==")[0]) for line in LOCK.splitlines() if "==" in line}
    assert {_folded(re.match(r"[\w.-]+", each)[0]) for each in wanted} <= locked


def test_it_has_no_addresses():
    assert "://" not in LOCK
