"""How does every mail read, in every language? `python -m tests.house_rules.write_mails` writes it down for approval.

One file for each kind and language, with every way in which it can read. A change shows as a diff.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from participatie.settings import LOCALES, ROOT, Settings
from participatie.web.mail import render_mail
from tests.house_rules.mail_samples import samples

MAILS = ROOT / "tests" / "house_rules" / "mails"
SETTINGS = Settings(
    gemeente="Gemeente Lindewaard",
    instance_dir=ROOT,
    database_url="sqlite://",
    secret_key="",
    public_url="https://doemee.lindewaard.example",
    smtp_url=None,
    mail_from="doemee@lindewaard.example",
    demo=False,
)
BETWEEN = "\n" + "-" * 72 + "\n"


def written(name: str, locale: str, ways: list[dict[str, Any]]) -> str:
    """Return how one kind of mail reads in one language, in each way."""
    mails = [render_mail(name, locale, facts, SETTINGS) for facts in ways]
    return BETWEEN.join(f"Subject: {mail.subject}\n\n{mail.body}" for mail in mails)


def approved() -> Iterator[tuple[Path, str]]:
    """Yield every file with what should stand in it."""
    for name, ways in samples().items():
        for locale in LOCALES:
            yield MAILS / f"{name}-{locale}.txt", written(name, locale, ways)


def write() -> None:
    """Write all of it, and drop what belongs to no mail any more."""
    MAILS.mkdir(exist_ok=True)
    files = dict(approved())
    for old in set(MAILS.glob("*.txt")) - files.keys():
        old.unlink()
    for file, text in files.items():
        file.write_text(text)


if __name__ == "__main__":
    write()
