"""Settings have safe defaults, and take what a sponsor changes from the environment."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from oneplace import settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but those that a test makes."""
    for name in ("ONEPLACE_HOME", "DATABASE_URL", "ONEPLACE_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)


def test_the_secret_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    home = tmp_path / "new"
    key = settings._secret_key(home)
    assert len(key) >= 50
    assert settings._secret_key(home) == key
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600
    assert settings._secret_key(tmp_path / "other") != key


def test_a_secret_key_from_the_environment_is_not_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONEPLACE_SECRET_KEY", "given")
    assert settings._secret_key(tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_the_home_folder_is_the_checkouts_var_unless_another_is_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings._home() == Path(__file__).parents[2] / "var"
    monkeypatch.setenv("ONEPLACE_HOME", str(tmp_path))
    assert settings._home() == tmp_path


def test_sqlite_lets_readers_go_on_while_a_release_is_loaded(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    connection = ConnectionHandler(settings._databases(tmp_path))["default"]
    with django_db_blocker.unblock(), connection.cursor() as cursor:

        def pragma(name: str) -> object:
            return cursor.execute(f"PRAGMA {name}").fetchone()[0]

        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == 1
        assert pragma("foreign_keys") == 1
        assert pragma("busy_timeout") == 20_000
    connection.close()
    assert (tmp_path / "oneplace.sqlite3").is_file()


def test_a_database_url_chooses_postgresql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://reader:pw@db.example:5433/oneplace")
    chosen = settings._databases(tmp_path)["default"]
    assert chosen["ENGINE"] == "django.db.backends.postgresql"
    assert (chosen["HOST"], chosen["PORT"], chosen["NAME"]) == ("db.example", 5433, "oneplace")
    assert "init_command" not in chosen.get("OPTIONS", {})
    assert chosen["CONN_MAX_AGE"] > 0
    assert chosen["CONN_HEALTH_CHECKS"]


def test_a_public_site_never_shows_debug_pages_by_default() -> None:
    assert settings.DEBUG is False
    assert "*" not in settings.ALLOWED_HOSTS
