"""Which settings does this installation have? The environment, read once into a frozen object.

Every variable starts with PARTICIPATIE_. An unknown name or a bad value stops the
start with one sentence that names it.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "PARTICIPATIE_"
SECRET_LENGTH = 32
LOCALES = ("nl", "en", "tr", "ar", "pl", "uk")
DATABASES = ("sqlite", "postgresql+psycopg")
LIBRETRANSLATE, DEEPL = ENGINES = ("libretranslate", "deepl")
OIDC_PARTS = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME")
LONGEST = 200  # characters of an issuer
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


class SettingError(Exception):
    """A setting that cannot be used; the message is one sentence with its name and what was expected."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Where texts go to be translated: LibreTranslate or DeepL, at `url` without a slash at its end. `key` may be empty."""

    name: str
    url: str
    key: str

    @property
    def host(self) -> str:
        """Return the name of the server, for whoever wants to know where texts go."""
        return urlsplit(self.url).hostname or self.url


@dataclass(frozen=True, slots=True)
class LoginService:
    """Where residents log in elsewhere (OpenID Connect). `name` is what the button says.

    `postcode_claim` is the claim with a postcode, with dots for a claim inside another.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    postcode_claim: str = "address.postal_code"

    @property
    def host(self) -> str:
        """Return the name of the server, for whoever wants to know who sees them log in."""
        return urlsplit(self.issuer).hostname or self.issuer


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one installation, which serves one gemeente.

    `public_url` has no slash at its end. `smtp_url` is None when mail is only kept
    for the demo mailbox, which `demo` switches on and which works on this machine alone.
    `presets_dir` holds the gemeente's own sets of rules, and is None where it uses ours.
    `translate` is None where no text goes to a translation engine.
    `theme` is a CSS file with design tokens and `logo` an SVG or PNG; None where it uses ours.
    `tiles` is the address of the tiles under maps, with {z}, {x} and {y}, empty where maps ask nothing of others;
    `tiles_source` names whose they are. `oidc` is None where nobody logs in elsewhere.
    `proxies` is how many proxies of one's own add to X-Forwarded-For; with 0 that header is not believed.
    """

    gemeente: str
    instance_dir: Path
    database_url: str
    secret_key: str
    public_url: str
    smtp_url: str | None
    mail_from: str
    demo: bool
    presets_dir: Path | None = None
    theme: Path | None = None
    logo: Path | None = None
    maintenance: bool = False
    tiles: str = ""
    tiles_source: str = ""
    proxies: int = 0
    translate: Engine | None = None
    oidc: LoginService | None = None

    @property
    def is_https(self) -> bool:
        """Tell whether visitors come over HTTPS, so that cookies can be bound to this host."""
        return self.public_url.startswith("https://")

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the environment. Raises SettingError, naming the variable, for anything it cannot use."""
        known = {
            "GEMEENTE", "INSTANCE_DIR", "DATABASE_URL", "SECRET_KEY", "PUBLIC_URL", "SMTP_URL", "MAIL_FROM", "DEMO",
            "PRESETS", "THEME", "LOGO", "MAINTENANCE", "TILES", "TILES_SOURCE", "PROXIES",
            "TRANSLATE_ENGINE", "TRANSLATE_URL", "TRANSLATE_KEY",
            *(f"OIDC_{part}" for part in OIDC_PARTS), "OIDC_POSTCODE_CLAIM",
        }  # fmt: skip
        given = {name.removeprefix(PREFIX): value for name, value in environ.items() if name.startswith(PREFIX)}
        for name in sorted(given.keys() - known):
            message = f"{PREFIX}{name} is geen instelling. Bekend zijn: {', '.join(sorted(PREFIX + k for k in known))}."
            raise SettingError(message)
        instance_dir = _writable_dir(Path(given.get("INSTANCE_DIR", ROOT / "instance")).absolute())
        public_url = _url(given.get("PUBLIC_URL", "http://127.0.0.1:8000"))
        return cls(
            gemeente=_text(given, "GEMEENTE", "Gemeente Lindewaard"),
            instance_dir=instance_dir,
            database_url=_database(given.get("DATABASE_URL", f"sqlite:///{instance_dir / 'participatie.db'}")),
            secret_key=_secret(given.get("SECRET_KEY"), instance_dir),
            public_url=public_url,
            smtp_url=_smtp(given.get("SMTP_URL")),
            mail_from=_text(given, "MAIL_FROM", "participatie@lindewaard.example"),
            demo=_demo(given.get("DEMO", "0"), public_url),
            presets_dir=_folder(given.get("PRESETS")),
            theme=_file(given, "THEME"),
            logo=_file(given, "LOGO"),
            maintenance=_switch(given, "MAINTENANCE"),
            tiles=_tiles(given.get("TILES", "")),
            tiles_source=given.get("TILES_SOURCE", "").strip(),
            translate=_engine(given),
            proxies=_few(given, "PROXIES"),
            oidc=_login_service(given),
        )


def from_process() -> Settings:
    """Read the settings of the running process."""
    return Settings.from_environ(os.environ)


def _bad(name: str, value: str, expected: str) -> SettingError:
    return SettingError(f"{PREFIX}{name} is {value!r}; verwacht: {expected}.")


def _text(given: Mapping[str, str], name: str, default: str) -> str:
    value = given.get(name, default).strip()
    if not value or any(ord(sign) < ord(" ") for sign in value):
        raise _bad(name, value, "één regel tekst")
    return value


def _writable_dir(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / f".writable-{os.getpid()}-{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise _bad(
            "INSTANCE_DIR", str(path), f"een map waarin dit programma mag schrijven ({error.strerror})"
        ) from error
    return path


def _folder(value: str | None) -> Path | None:
    if not value:
        return None
    path = Path(value).absolute()
    if not path.is_dir():
        raise _bad("PRESETS", value, "een map met bestanden die eindigen op .toml")
    return path


def _file(given: Mapping[str, str], name: str) -> Path | None:
    value = given.get(name)
    if not value:
        return None
    path = Path(value).absolute()
    if not path.is_file():
        raise _bad(name, value, "een bestand")
    return path


def _switch(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "0")
    if value not in ("0", "1"):
        raise _bad(name, value, "0 of 1")
    return value == "1"


def _few(given: Mapping[str, str], name: str) -> int:
    value = given.get(name, "0")
    if not (value.isascii() and value.isdigit() and len(value) == 1):
        raise _bad(name, value, "een getal van 0 tot en met 9")
    return int(value)


def _tiles(value: str) -> str:
    parts = _split(value)
    whole = parts.scheme == "https" and parts.hostname and all(part in value for part in ("{z}", "{x}", "{y}"))
    # The host goes into a header, where a space or a semicolon would begin another rule.
    if value and (not whole or not all(sign.isascii() and (sign.isalnum() or sign in ".-:") for sign in parts.netloc)):
        raise _bad("TILES", value, "een adres zoals https://tegels.example.nl/{z}/{x}/{y}.png")
    return value


def _url(value: str) -> str:
    parts = _split(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise _bad("PUBLIC_URL", value, "een adres zoals https://doemee.example.nl")
    return value.rstrip("/")


def _split(value: str) -> SplitResult:
    try:
        return urlsplit(value)
    except ValueError:
        return SplitResult("", "", "", "", "")


def _database(value: str) -> str:
    # Hosting services write postgresql://; the driver in use is psycopg 3.
    url = value.replace("postgres://", "postgresql://", 1).replace("postgresql://", "postgresql+psycopg://", 1)
    if url.split(":", 1)[0] not in DATABASES:
        raise _bad("DATABASE_URL", value.split(":", 1)[0] + ":…", "sqlite:///… of postgresql://…")
    return url


def _secret(value: str | None, instance_dir: Path) -> str:
    if value is None:
        kept = instance_dir / "secret-key"
        try:
            # Made and closed to others in one step; of two processes that start together, one makes it.
            descriptor = os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(32))
        value = kept.read_text()
    if len(value) < SECRET_LENGTH:
        raise _bad("SECRET_KEY", "…", "minstens 32 tekens")
    return value


def _smtp(value: str | None) -> str | None:
    if not value:
        return None
    parts = _split(value)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise _bad("SMTP_URL", parts.scheme + "://…", "smtp://naam:wachtwoord@host:587 of smtps://…")
    return value


def _engine(given: Mapping[str, str]) -> Engine | None:
    name, url, key = (given.get(f"TRANSLATE_{part}", "").strip() for part in ("ENGINE", "URL", "KEY"))
    if not name:
        if url or key:
            raise _bad("TRANSLATE_ENGINE", name, f"{' of '.join(ENGINES)}, want er is wel een adres of sleutel")
        return None
    if name not in ENGINES:
        raise _bad("TRANSLATE_ENGINE", name, " of ".join(ENGINES))
    if name == DEEPL:
        if not key:
            raise _bad("TRANSLATE_KEY", "", "de sleutel van DeepL")
        # DeepL tells keys of its free service by their end.
        url = url or ("https://api-free.deepl.com" if key.endswith(":fx") else "https://api.deepl.com")
    parts = _split(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise _bad("TRANSLATE_URL", url, "een adres zoals https://vertaal.example.nl")
    if key and parts.scheme == "http" and parts.hostname not in THIS_MACHINE:
        raise _bad("TRANSLATE_URL", url, "https, want zonder versleuteling gaat er geen sleutel heen")
    return Engine(name, url.rstrip("/"), key)


def _login_service(given: Mapping[str, str]) -> LoginService | None:
    issuer, client_id, secret, name = parts = [given.get(f"OIDC_{part}", "").strip() for part in OIDC_PARTS]
    if not any(parts):
        return None
    for part, value in zip(OIDC_PARTS, parts, strict=True):
        if not value:
            name_of = f"OIDC_{part}"
            raise _bad(name_of, "", f"iets, want {PREFIX}OIDC_… hoort bij elkaar")
    where = _split(issuer)
    secure = where.scheme == "https" or (where.scheme == "http" and where.hostname in THIS_MACHINE)
    if not secure or not where.hostname or where.query or where.fragment or where.username or len(issuer) > LONGEST:
        raise _bad("OIDC_ISSUER", issuer, "een adres zoals https://inloggen.example.nl")
    return LoginService(
        issuer, client_id, secret, _text(given, "OIDC_NAME", name),
        _text(given, "OIDC_POSTCODE_CLAIM", "address.postal_code"),
    )  # fmt: skip


def _demo(value: str, public_url: str) -> bool:
    if value not in ("0", "1"):
        raise _bad("DEMO", value, "0 of 1")
    if value == "1" and urlsplit(public_url).hostname not in ("127.0.0.1", "localhost", "::1"):
        # The demo mailbox shows login codes to everybody, so it never leaves this machine.
        raise _bad("DEMO", value, f"0, want {PREFIX}PUBLIC_URL is niet op deze machine")
    return value == "1"
