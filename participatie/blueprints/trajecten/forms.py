"""What does a wijkmanager fill in to start a traject?"""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import NumberRange

from participatie.models.trajecten import Traject
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.trajecten import ProcessCard
from participatie.web.formats import AMSTERDAM
from participatie.web.forms import Form, address_field, at_most, required

#: The steps of a wijkbudget and the say that goes with each; a later capability lets them be chosen.
STEPS = (
    (PhaseKind.COLLECT, Level.MEEDENKEN),
    (PhaseKind.ASSESS, Level.MEEDENKEN),
    (PhaseKind.VOTE, Level.MEEBESLISSEN),
    (PhaseKind.EXECUTE, Level.MEEDOEN),
)

#: A day outside these is a slip of the hand; the very first and last ones of the calendar are no moments in UTC.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


class TrajectForm(Form):
    """The trajectkaart and the days of the phases. Parts of the card may wait; opening asks for all of them."""

    title = StringField(_("Naam van het traject"), [required(), at_most(200)])
    slug = address_field()
    area = SelectField(_("Gebied"), coerce=int)
    question = TextAreaField(_("Wat vraagt u aan bewoners?"), [at_most(2000)])
    goal = TextAreaField(_("Waarom doet u dit?"), [at_most(2000)])
    fixed = TextAreaField(_("Wat ligt al vast?"), [at_most(2000)])
    open = TextAreaField(_("Wat staat nog open?"), [at_most(2000)])
    decision_maker = StringField(_("Wie beslist?"), [at_most(200)])
    use_of_input = TextAreaField(_("Wat doet u met de inbreng?"), [at_most(2000)])
    results_back = TextAreaField(_("Hoe horen bewoners wat eruit komt?"), [at_most(2000)])
    answer_days = IntegerField(
        _("Binnen hoeveel dagen krijgt elk idee antwoord?"), [required(), NumberRange(1, 365)], default=42
    )
    collect_from = DateField(_("Ideeën inzamelen vanaf"), [required()])
    assess_from = DateField(_("Ideeën toetsen vanaf"), [required()])
    vote_from = DateField(_("Stemmen vanaf"), [required()])
    execute_from = DateField(_("Uitvoeren vanaf"), [required()])
    ends_on = DateField(_("Laatste dag van het traject"), [required()])

    def card(self) -> ProcessCard:
        """Return the trajectkaart; the contact person is the one who fills this in."""
        return ProcessCard(
            question=self.question.data or "",
            goal=self.goal.data or "",
            fixed=self.fixed.data or "",
            open=self.open.data or "",
            decision_maker=self.decision_maker.data or "",
            contact="",
            use_of_input=self.use_of_input.data or "",
            results_back=self.results_back.data or "",
        )

    def phases(self) -> tuple[PhaseFacts, ...]:
        """Return the phases: each starts at midnight in Amsterdam and lasts until the next one."""
        starts = [self.collect_from.data, self.assess_from.data, self.vote_from.data, self.execute_from.data]
        days = [day for day in starts if day is not None]
        moments = [_midnight(day) for day in days]
        if self.ends_on.data is not None:
            moments.append(_midnight(self.ends_on.data + timedelta(days=1)))
        return tuple(
            PhaseFacts(kind, level, starts_at, ends_at)
            for (kind, level), starts_at, ends_at in zip(STEPS, moments[:-1], moments[1:], strict=True)
        )

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse days that are not in order or of another century, at the field where a wijkmanager can mend it."""
        days = (self.collect_from, self.assess_from, self.vote_from, self.execute_from, field)
        given = [each.data for each in days if each.data is not None]
        if given != sorted(given) or not all(FIRST_DAY <= day <= LAST_DAY for day in given):
            raise ValidationError(gettext("De datums moeten na elkaar komen. Kijk ze na."))


def edit_form(traject: Traject) -> TrajectForm:
    """Return the form for a draft as it stands; its address and area stay what they are."""
    card = asdict(traject.card())
    days = [phase.starts_at.astimezone(AMSTERDAM).date() for phase in traject.phases]
    names = ("collect_from", "assess_from", "vote_from", "execute_from")
    data = {**card, "title": traject.title, "answer_days": traject.answer_days, **dict(zip(names, days, strict=False))}
    if traject.phases:
        data["ends_on"] = traject.phases[-1].ends_at.astimezone(AMSTERDAM).date() - timedelta(days=1)
    form = TrajectForm(data=data)
    del form.slug, form.area
    return form


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)
