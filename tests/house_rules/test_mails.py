"""Every kind of mail reads as it was approved, in six languages, and no part of it is empty or looks like code."""

import re
from pathlib import Path

import pytest

from participatie.settings import LOCALES
from tests.house_rules.mail_samples import TITLE, is_moment, samples
from tests.house_rules.write_mails import BETWEEN, MAILS, approved, written

SAMPLES = samples()
#: Our own mistakes: signs of a template, of Python, of HTML that was made of plain text, and a place left empty.
LEAKS = re.compile(
    r"\bNone\b|\bTrue\b|\bFalse\b|\{\{|\{%|\{#|%\(|&(?:amp|lt|gt|quot|#\d+);|object at 0x|['\"]\]|//e-mail|/None"
)
EMPTY_PART = re.compile(r"\n{4,}|: *\n*\Z|[(] *[)]|[^\S\n]+\n")


def test_every_mail_reads_as_it_was_approved() -> None:
    files = dict(approved())
    assert set(MAILS.glob("*.txt")) == files.keys(), "run python -m tests.house_rules.write_mails, and read the diff"
    changed = [file.name for file, text in files.items() if file.read_text() != text]
    assert not changed, "run python -m tests.house_rules.write_mails, and read the diff"


@pytest.mark.parametrize("name", SAMPLES)
def test_no_part_of_a_mail_is_empty_or_looks_like_code(name: str) -> None:
    for locale in LOCALES:
        for mail in written(name, locale, SAMPLES[name]).split(BETWEEN):
            subject, _empty, body = mail.partition("\n\n")
            assert len(subject.removeprefix("Subject:").strip()) > 3, f"{name} in {locale} has no subject"
            assert "Gemeente Lindewaard" in body, f"{name} in {locale} does not say who writes"
            for flaw in (LEAKS.search(mail), EMPTY_PART.search(mail)):
                assert not flaw, f"{name} in {locale}: {mail[max(flaw.start() - 60, 0) : flaw.end() + 20]!r}"
            assert not [word for word in mail.split() if is_moment(word)], f"{name} in {locale} shows a moment of a row"


def test_what_somebody_typed_stands_in_a_mail_as_they_typed_it() -> None:
    """A mail is plain text, so nothing is escaped in it."""
    assert TITLE in written("idea_answered", "nl", SAMPLES["idea_answered"])


def test_every_mail_that_can_be_stopped_says_how() -> None:
    for name, ways in SAMPLES.items():
        for facts in ways:
            assert ("/e-mail-stoppen/" in written(name, "nl", [facts])) == ("stop" in facts), name


def test_a_file_is_named_after_its_mail() -> None:
    assert all(Path(file).stem.rpartition("-")[2] in LOCALES for file in MAILS.glob("*.txt"))
