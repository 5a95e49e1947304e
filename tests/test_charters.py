"""Each package opens with its charter, the same sentence as in docs/architecture.md."""

import importlib
import re
from pathlib import Path

import pytest

ARCHITECTURE = Path(__file__).parents[1] / "docs" / "architecture.md"
ROW = re.compile(r"^\| `(\w+)/` \| (.+?) \| .* \|$", re.MULTILINE)
CHARTERS = dict(ROW.findall(ARCHITECTURE.read_text(encoding="utf-8")))


def test_every_package_has_a_row():
    packages = {path.parent.name for path in ARCHITECTURE.parents[1].glob("*/__init__.py")}
    assert packages - {"tests"} == set(CHARTERS)


@pytest.mark.parametrize("package", CHARTERS)
def test_charter_is_the_packages_first_line(package):
    first_line = (importlib.import_module(package).__doc__ or "").strip().splitlines()[0]
    assert first_line == CHARTERS[package]
