"""Which fields of a form make up the trajectkaart?"""

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)

from participatie.spelregels.trajecten import Assurance, ProcessCard, StakeholderGroup, may_name_groups
from participatie.spelregels.verdicts import Refused
from participatie.web.forms import Form, SelectChoice, at_most, between, required
from participatie.web.languages import NAMES
from participatie.web.refusals import sentence
from participatie.web.words import WORDS


class CardFields(Form):
    """What the gemeente promises beforehand. Every text may wait until the opening."""

    question = TextAreaField(_("Wat vraagt u aan bewoners?"), [at_most(2000)])
    goal = TextAreaField(_("Waarom doet u dit?"), [at_most(2000)])
    fixed = TextAreaField(_("Wat ligt al vast?"), [at_most(2000)])
    open = TextAreaField(_("Wat staat nog open?"), [at_most(2000)])
    already_decided = BooleanField(
        _("Het besluit is al genomen"), description=_("Dan kunnen bewoners alleen meeweten.")
    )
    city_wide = BooleanField(
        _("De vraag gaat over de hele stad"), description=_("Dan vraagt u eerst de hele stad, en daarna pas een wijk.")
    )
    after = SelectField(_("Op welk traject van de hele stad volgt dit traject?"), coerce=int, default=0)
    decision_maker = StringField(_("Wie beslist?"), [at_most(200)])
    dispute_to = StringField(
        _("Bij wie kunnen bewoners terecht als zij het niet eens zijn?"),
        [at_most(200)],
        description=_("Noem een persoon of een functie, bijvoorbeeld de wethouder voor de wijk."),
    )
    stakeholders = TextAreaField(
        _("Welke groepen doen mee, en hoe bereikt u ze?"),
        [at_most(2000)],
        description=_("Schrijf elke groep op een eigen regel, bijvoorbeeld: ouders: op het schoolplein."),
    )
    languages = SelectMultipleField(
        _("In welke talen kunnen bewoners meedoen?"),
        choices=[SelectChoice(code, name) for code, name in NAMES.items()],
        default=list(NAMES),
    )
    assurance = SelectField(
        _("Hoe zeker weet u wie meedoet?"),
        choices=[SelectChoice("", _("Kies hier")), *(SelectChoice(each.value, WORDS[each]) for each in Assurance)],
        default="",
    )
    assurance_reason = TextAreaField(_("Waarom is dat zeker genoeg?"), [at_most(2000)])
    use_of_input = TextAreaField(_("Wat doet u met de inbreng?"), [at_most(2000)])
    not_used = TextAreaField(_("Met welke inbreng kunt u niets doen?"), [at_most(2000)])
    results_back = TextAreaField(_("Hoe horen bewoners wat eruit komt?"), [at_most(2000)])
    answer_days = IntegerField(
        _("Binnen hoeveel dagen krijgt elk idee antwoord?"), [required(), between(1, 365)], default=42
    )

    def validate_stakeholders(self, field: TextAreaField) -> None:
        """Refuse a group without a way in which it is reached, by its name."""
        verdict = may_name_groups(groups_in(field.data or ""))
        if isinstance(verdict, Refused):
            raise ValidationError(sentence(verdict))

    def card(self) -> ProcessCard:
        """Return the trajectkaart; the contact person is the one who fills this in."""
        return ProcessCard(
            question=self.question.data or "",
            goal=self.goal.data or "",
            fixed=self.fixed.data or "",
            open=self.open.data or "",
            decision_maker=self.decision_maker.data or "",
            dispute_to=self.dispute_to.data or "",
            use_of_input=self.use_of_input.data or "",
            not_used=self.not_used.data or "",
            stakeholders=groups_in(self.stakeholders.data or ""),
            results_back=self.results_back.data or "",
            languages=tuple(self.languages.data or ()),
            assurance=Assurance(self.assurance.data) if self.assurance.data else None,
            assurance_reason=self.assurance_reason.data or "",
        )


def groups_in(text: str) -> tuple[StakeholderGroup, ...]:
    """Read one group from each line, as `ouders: op het schoolplein`; what comes before the first colon is its name."""
    parted = (line.partition(":") for line in text.splitlines() if line.strip())
    return tuple(StakeholderGroup(name.strip(), reached.strip()) for name, _colon, reached in parted)
