"""A bad setting stops the start with one sentence that names it."""

from pathlib import Path

import pytest

from participatie.settings import PREFIX, SettingError, Settings


def read(tmp_path: Path, **given: str) -> Settings:
    environ = {f"{PREFIX}INSTANCE_DIR": str(tmp_path), "PATH": "/bin", "SECRET_KEY": "not ours"}
    return Settings.from_environ(environ | {f"{PREFIX}{name}": value for name, value in given.items()})


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'participatie.db'}"
    assert settings.smtp_url is None
    assert settings.presets_dir is None
    assert not settings.demo
    assert not settings.is_https


def test_the_secret_key_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    first = read(tmp_path).secret_key
    assert len(first) == 64
    assert read(tmp_path).secret_key == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "name, value",
    [
        ("GEMEENTE", "  "),
        ("GEMEENTE", "Linde\nwaard"),
        ("DATABASE_URL", "mysql://root@db/p"),
        ("DATABASE_URL", "participatie.db"),
        ("DATABASE_URL", ""),
        ("SECRET_KEY", "kort"),
        ("PUBLIC_URL", "doemee.example.nl"),
        ("PUBLIC_URL", "ftp://doemee.example.nl"),
        ("PUBLIC_URL", "https://doemee.example.nl/?a=1"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "http://[::1"),
        ("SMTP_URL", "mail.example.nl"),
        ("SMTP_URL", "http://mail.example.nl"),
        ("SMTP_URL", "smtp://[::1"),
        ("MAIL_FROM", "a@b.nl\r\nBcc: c@d.nl"),
        ("MAIL_FROM", ""),
        ("DEMO", "yes"),
        ("DEMO", ""),
        ("PRESETS", "bestaat-niet"),
    ],
)
def test_each_bad_value_is_one_sentence_with_its_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingError) as refusal:
        read(tmp_path, **{name: value})
    assert str(refusal.value).startswith(f"{PREFIX}{name} is ")
    assert "verwacht" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_an_unknown_name_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=f"{PREFIX}DATABASE_ULR") as refusal:
        read(tmp_path, DATABASE_ULR="sqlite:///a.db")
    assert f"{PREFIX}DATABASE_URL" in str(refusal.value)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    with pytest.raises(SettingError, match=f"{PREFIX}INSTANCE_DIR"):
        read(in_the_way / "instance")


def test_a_folder_of_own_rules_is_taken_as_it_is_named(tmp_path: Path) -> None:
    assert read(tmp_path, PRESETS=str(tmp_path)).presets_dir == tmp_path
    assert read(tmp_path, PRESETS="").presets_dir is None
    file = tmp_path / "eigen.toml"
    file.touch()
    with pytest.raises(SettingError, match=f"{PREFIX}PRESETS"):
        read(tmp_path, PRESETS=str(file))


@pytest.mark.parametrize(
    "name, value",
    [("SECRET_KEY", "kort-maar-geheim"), ("DATABASE_URL", "mysql://a:geheim@h/d"), ("SMTP_URL", "x://a:geheim@h")],
)
def test_no_secret_is_repeated_in_the_message(tmp_path: Path, name: str, value: str) -> None:
    """Abuse case 55: messages end up in logs."""
    with pytest.raises(SettingError) as refusal:
        read(tmp_path, **{name: value})
    assert "geheim" not in str(refusal.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_a_postgresql_address_is_understood(tmp_path: Path, scheme: str) -> None:
    url = read(tmp_path, DATABASE_URL=f"{scheme}://u:p@db/participatie").database_url
    assert url == "postgresql+psycopg://u:p@db/participatie"


def test_the_demo_mailbox_never_leaves_this_machine(tmp_path: Path) -> None:
    assert read(tmp_path, DEMO="1", PUBLIC_URL="http://127.0.0.1:8000").demo
    assert read(tmp_path, DEMO="1", PUBLIC_URL="http://localhost:9000/").public_url == "http://localhost:9000"
    with pytest.raises(SettingError, match=f"{PREFIX}DEMO"):
        read(tmp_path, DEMO="1", PUBLIC_URL="https://doemee.example.nl")
