"""How does an invitation for a panel read on paper, and which tables go with it? The paper itself is that of all letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from participatie.models.buurtpanels import Buurtpanel, PanelHousehold, PanelPerson
from participatie.settings import LOCALES, Settings
from participatie.spelregels.buurtpanels.opening import Mandate
from participatie.spelregels.buurtpanels.registration import LetterRun
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.issuing import Addressee
from participatie.web.clock import now
from participatie.web.letters import Letter, letters_pdf
from participatie.web.mail import text_environment
from participatie.web.spreadsheets import csv_of

FOLDER = "panel_registration"
#: An address that gets a letter, and the code in it.
Invited = tuple[PanelHousehold, VotingCode]


@dataclass(frozen=True, slots=True)
class PanelSender:
    """Who invites, and for what. The allowance is in cents for each member; `replaces`: a code of an earlier letter stops."""

    gemeente: str
    public_url: str
    slug: str
    title: str
    mandate: Mandate
    allowance_cents: int
    is_reminder: bool
    replaces: bool

    def text(self, locale: str, asked: str) -> str:
        """Return the words of an invitation, in parts."""
        address = _address(self.public_url, self.slug, asked)
        return text_environment(locale, FOLDER).get_template("letter.txt").render(
            title=self.title,
            decides=self.mandate is Mandate.DECIDE,
            allowance=self.allowance_cents,
            reminder=self.is_reminder,
            replaces=self.replaces,
            address=address.removeprefix(f"{urlsplit(self.public_url).scheme}://"),
        )  # fmt: skip

    def link(self, code: VotingCode, locale: str) -> str:
        """Return the address of the entrance with the code."""
        return entrance(self.public_url, self.slug, code, locale)


def invitations(settings: Settings, panel: Buurtpanel, invited: Sequence[Invited], run: LetterRun) -> bytes:
    """Return the letters as one PDF, in their order, each in the language of its address where that is known."""
    rules = panel.facts()
    sender = PanelSender(
        settings.gemeente, settings.public_url, panel.slug, rules.title, rules.mandate, rules.allowance_cents,
        is_reminder=run is LetterRun.REMINDER, replaces=run is not LetterRun.FIRST,
    )  # fmt: skip
    return letters_pdf(sender, [_letter(home, code) for home, code in invited], now())


def packed_letters(pdf: bytes, invited: Sequence[Invited]) -> bytes:
    """Return a zip with the letters and with who got which kenmerk. No code stands in that list."""
    rows = [
        (code.selector, home.name, home.address, home.postcode, home.place, home.locale or "", home.stratum)
        for home, code in invited
    ]
    columns = ("kenmerk", "naam", "adres", "postcode", "plaats", "taal", "buurt")
    packed, moment = BytesIO(), now().timetuple()[:6]
    with ZipFile(packed, "w", ZIP_DEFLATED) as folder:
        for name, content in (("brieven.pdf", pdf), ("kenmerken.csv", csv_of(columns, rows).encode())):
            entry = ZipInfo(name, moment)
            entry.compress_type = ZIP_DEFLATED
            folder.writestr(entry, content)
    return packed.getvalue()


def people_list(people: Sequence[tuple[PanelPerson, VotingCode, str]]) -> bytes:
    """Return who came in from a file as CSV, each with the code and the proof that can be read now alone."""
    rows = [
        (each.name, each.email, each.address, each.postcode, each.place, each.locale, code, proof)
        for each, code, proof in people
    ]
    return csv_of(("naam", "e-mail", "adres", "postcode", "plaats", "taal", "code", "bewijs"), rows).encode()


def _letter(home: PanelHousehold, code: VotingCode) -> Letter:
    name = home.name or to_the_residents(home.locale or LOCALES[0])
    return Letter(code, Addressee(name, home.address, home.postcode, home.place, home.locale), home.locale)


def to_the_residents(locale: str) -> str:
    """Return whom a letter is for where no name is known."""
    return text_environment(locale, FOLDER).get_template("to_residents.txt").render().strip()


def entrance(public_url: str, slug: str, code: VotingCode, locale: str = "") -> str:
    """Return the address of the entrance with the code behind the `#`, where a browser keeps it to itself."""
    return f"{_address(public_url, slug, locale)}#code={code}"


def _address(public_url: str, slug: str, locale: str) -> str:
    asked = f"?taal={locale}" if locale else ""
    return f"{public_url}/buurtpanels/{slug}/code{asked}"
