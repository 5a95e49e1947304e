"""What Prefect is told: loopback, silence, and whose database."""

import pytest
from pydantic import ValidationError

from flows.schedule.prefect_home import prefect_environment
from flows.settings import Settings


def environment(**schedule):
    return prefect_environment(Settings.model_validate({"data_dir": "/data", "schedule": schedule}))


def test_a_persons_own_prefect_does_not_get_in(monkeypatch):
    monkeypatch.setenv("PREFECT_API_KEY", "theirs")
    monkeypatch.setenv("PREFECT_API_URL", "https://elsewhere.example/api")
    found = environment()
    assert "PREFECT_API_KEY" not in found
    assert found["PREFECT_API_URL"] == "http://127.0.0.1:4200/api"
    assert found["PREFECT_HOME"] == "/data/prefect"


@pytest.mark.parametrize(
    ("address", "password", "told"),
    [
        pytest.param("postgresql://wakhan@db/p", "", "postgresql+asyncpg://wakhan@db/p", id="no password"),
        pytest.param(
            "postgresql://wakhan@db/p", "a/b@c", "postgresql+asyncpg://wakhan:a%2Fb%40c@db/p", id="a password"
        ),
        pytest.param("postgresql://db:5433/p", "", "postgresql+asyncpg://db:5433/p", id="no user"),
    ],
)
def test_postgresql_gets_its_password_from_the_environment(monkeypatch, address, password, told):
    monkeypatch.setenv("WAKHAN_DATABASE_PASSWORD", password)
    assert environment(database=address)["PREFECT_SERVER_DATABASE_CONNECTION_URL"] == told


def test_without_an_address_it_is_sqlite_below_its_home():
    assert "PREFECT_SERVER_DATABASE_CONNECTION_URL" not in environment()


@pytest.mark.parametrize("address", ["postgresql://wakhan:secret@db/p", "mysql://db/p"])
def test_an_address_with_a_password_or_of_another_kind_is_refused(address):
    with pytest.raises(ValidationError):
        environment(database=address)
