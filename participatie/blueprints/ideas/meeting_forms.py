"""What does a helper fill in about a meeting where ideas are heard, and a resident with a slip of paper?"""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, EmailField, IntegerField, RadioField, StringField
from wtforms.validators import Email, InputRequired, Optional

from participatie.actions.ideas import Reach
from participatie.blueprints.ideas.idea_form import EnterForm, as_asked
from participatie.models.meetings import MeetingSource
from participatie.models.trajecten import Traject
from participatie.spelregels.meetings import MeetingKind, ReachOf
from participatie.web.clock import today
from participatie.web.forms import Form, SelectChoice, at_most, between, required
from participatie.web.words import WORDS

#: More people than live in any city here is a slip of the keyboard.
MOST_PEOPLE = 2_000_000


class MeetingForm(Form):
    """Where and when ideas are heard."""

    name = StringField(_("Hoe heet de bijeenkomst?"), [required(), at_most(200)])
    kind = RadioField(
        _("Wat voor bijeenkomst is het?"),
        [required()],
        choices=[SelectChoice(kind.value, WORDS[kind]) for kind in MeetingKind],
    )
    on_day = DateField(_("Op welke dag?"), [required()])
    place = StringField(_("Waar?"), [required(), at_most(200)], description=_("Schrijf geen adres van een bewoner op."))


def meeting_form() -> MeetingForm:
    """Return the form, with today filled in."""
    return MeetingForm(data={"on_day": today()})


class AttendanceForm(Form):
    """How many came, and of how many."""

    attendance = IntegerField(_("Hoeveel mensen kwamen er?"), [required(), between(0, MOST_PEOPLE)])
    out_of = IntegerField(_("Hoeveel wonen er in dit gebied?"), [Optional(), between(1, MOST_PEOPLE)])
    reach_of = RadioField(
        _("Telt u inwoners of huishoudens?"),
        choices=[SelectChoice(each.value, WORDS[each]) for each in ReachOf],
    )
    counted_by = StringField(_("Waar komt dat getal vandaan?"), [at_most(200)])

    def reach(self) -> Reach | None:
        """Return of how many; None where that is left open."""
        if self.out_of.data is None:
            return None
        return Reach(ReachOf(self.reach_of.data), self.out_of.data, self.counted_by.data or "")


def attendance_form(meeting: MeetingSource) -> AttendanceForm:
    """Return the form with what was counted before."""
    said = {"attendance": meeting.attendance, "out_of": meeting.out_of, "counted_by": meeting.counted_by}
    return AttendanceForm(data={**said, "reach_of": (meeting.reach_of or ReachOf.RESIDENTS).value})


class EnterHereForm(EnterForm):
    """An idea that is heard at a meeting: the address may be left out, and the sentence of consent is read aloud."""

    email = EmailField(
        _("E-mailadres van de bewoner"),
        [Optional(), at_most(254), Email(_("Dit is geen e-mailadres. Een voorbeeld: naam@voorbeeld.nl."))],
        description=_("Laat leeg als de bewoner dat niet wil. U geeft dan een briefje met een code."),
    )
    consents = BooleanField(
        _("De bewoner zegt: dit is mijn idee, en het mag op de website."),
        [InputRequired(_("Vraag eerst of de bewoner het goed vindt."))],
    )


def enter_here_form(traject: Traject, buurten: list[SelectChoice], lang: str, area: str) -> EnterHereForm:
    """Return an empty form that keeps the language and the buurt of the idea before."""
    return as_asked(EnterHereForm(data={"lang": lang, "area": area}), traject, buurten)


class SlipForm(Form):
    """The code on a slip of paper."""

    code = StringField(_("Briefje met de code"), [required(), at_most(40)])
