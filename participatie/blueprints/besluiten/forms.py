"""What does the gemeente fill in for a besluit or its correction, and by what does a reader narrow the list?"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import abort, request
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from participatie.actions.besluit_versions import Formal
from participatie.actions.deciding import Said
from participatie.models.besluiten import Besluit
from participatie.models.buurtpanels import PanelAdvice
from participatie.models.wijkbudget import AllocationLine
from participatie.models.wijken import Area
from participatie.spelregels.besluiten import OUTCOME_OF, AdviceUse, DeviationGround, Outcome, SubjectKind
from participatie.spelregels.verdicts import Refusal, Refused
from participatie.web.finding import area_choices
from participatie.web.forms import Form, SelectChoice, at_most, required
from participatie.web.plain_language import OfficialForm
from participatie.web.words import WORDS

FOLLOWS = "volgt"
DEVIATES = "wijkt af"
CAN, CANNOT = "kan", "kan niet"
#: Beside which field a refusal is shown; any other stands above all of them.
FIELD_OF = {
    Refusal.DEVIATION_WITHOUT_PLAN: "withheld",
    Refusal.DEVIATION_NOT_CHOSEN: "withheld",
    Refusal.WITHHELD_HAS_MONEY: "withheld",
    Refusal.IDEA_SAYS_NO: "withheld",
    Refusal.ADVICE_UNANSWERED: "advice_use",
    Refusal.BESLUIT_NOT_AS_ANSWERED: "outcome",
}


class BesluitForm(OfficialForm):
    """The besluit: it follows what residents decided, or names a ground of the list for departing from it."""

    published = ("motivation",)

    title = StringField(_("Titel van het besluit"), [required(), at_most(200)])
    decision_body = StringField(
        _("Wie nam het besluit?"), [required(), at_most(200)], default=_("college van burgemeester en wethouders")
    )
    decided_on = DateField(_("Op welke dag?"), [required()])
    outcome = RadioField(
        _("Wat besluit de gemeente?"),
        [Optional()],
        choices=[SelectChoice(outcome.value, WORDS[outcome]) for outcome in Outcome],
        validate_choice=False,
    )
    follows = RadioField(
        _("Volgt het besluit de uitslag?"),
        [required()],
        choices=[
            SelectChoice(FOLLOWS, _("Ja, alle plannen uit de uitslag krijgen hun geld.")),
            SelectChoice(DEVIATES, _("Nee, het besluit wijkt af van de uitslag.")),
        ],
        default=FOLLOWS,
    )
    ground = RadioField(
        _("Waarom wijkt het af?"),
        [Optional()],
        choices=[SelectChoice(ground.value, WORDS[ground]) for ground in DeviationGround],
        description=_("Alleen als het besluit afwijkt. Andere redenen zijn er niet."),
        validate_choice=False,
    )
    withheld = SelectMultipleField(
        _("Welke plannen gaan niet door?"),
        [Optional()],
        coerce=int,
        description=_("Alleen als het besluit afwijkt. Deze plannen krijgen dan geen geld. De andere plannen wel."),
        validate_choice=False,
    )
    advice_use = RadioField(
        _("Wat doet de gemeente met het advies?"),
        [Optional()],
        choices=[SelectChoice(use.value, WORDS[use]) for use in AdviceUse],
        description=_("Dit staat voor altijd bij de uitslag. Leg het hieronder uit."),
        validate_choice=False,
    )
    motivation = TextAreaField(_("Wat besluit de gemeente, en waarom?"), [required(), at_most(10_000)])
    legal_ground = TextAreaField(
        _("Op welke wet of regel rust het besluit?"),
        [Optional(), at_most(1_000)],
        description=_("Noem ook het artikel."),
    )
    objection = RadioField(
        _("Kan iemand bezwaar maken?"),
        [required()],
        choices=[
            SelectChoice(CAN, _("Ja. Wij rekenen uit tot welke dag.")),
            SelectChoice(CANNOT, _("Nee, bij dit besluit kan dat niet.")),
        ],
        default=CAN,
    )
    no_objection = TextAreaField(
        _("Waarom kan niemand bezwaar maken?"), [Optional(), at_most(1_000)], description=_("Alleen als dat niet kan.")
    )

    def validate_ground(self, field: RadioField) -> None:
        """Refuse a ground that is not on the list; none at all is refused by the action."""
        if field.data and field.data not in {ground.value for ground in DeviationGround}:
            raise ValidationError(_("Kies een reden uit de lijst."))

    def validate_outcome(self, field: RadioField) -> None:
        """Refuse an outcome that is not on the list; none at all is refused by the action."""
        if field.data and field.data not in {outcome.value for outcome in Outcome}:
            raise ValidationError(_("Kies een antwoord uit de lijst."))

    def keep_to(self, *, is_advice: bool, lines: Sequence[AllocationLine]) -> None:
        """About a round: ask what was done with advice where the outcome is advice, and only elsewhere whether it is followed.

        `lines` are what residents chose: of these one can say which do not go ahead.
        """
        del self.outcome
        if is_advice:
            del self.follows, self.ground, self.withheld
            return
        del self.advice_use
        self.withheld.choices = [
            SelectChoice(line.plan.number, f"{line.plan.number}. {line.plan.name}") for line in lines
        ]  # fmt: skip

    def keep_to_outcome(self, *, binds: bool) -> None:
        """About all but a round: ask what is decided, and a ground only where residents decided (`binds`)."""
        del self.follows, self.advice_use, self.withheld
        if not binds:
            del self.ground

    def validate_advice_use(self, field: RadioField) -> None:
        """Refuse a use that is not on the list; none at all is refused by the action."""
        if field.data and field.data not in {use.value for use in AdviceUse}:
            raise ValidationError(_("Kies een antwoord uit de lijst."))

    def refuse_said(self, verdict: Refused) -> None:
        """Show why what was filled in is refused, beside the field that it is about where there is one."""
        self.refuse(verdict, self._fields.get(FIELD_OF.get(verdict.code, "")))

    def said(self) -> Said:
        """Return what was filled in."""
        filled = self.data
        return Said(
            title=filled["title"],
            decision_body=filled["decision_body"],
            motivation=filled["motivation"],
            outcome=Outcome(filled["outcome"]) if filled.get("outcome") else None,
            deviates=filled.get("follows") == DEVIATES,
            ground=DeviationGround(filled["ground"]) if filled.get("ground") else None,
            withheld=filled.get("withheld") or (),
            advice_use=AdviceUse(filled["advice_use"]) if filled.get("advice_use") else None,
            formal=Formal(
                filled["legal_ground"] or "",
                filled["decided_on"],
                (filled["no_objection"] or "") if filled["objection"] == CANNOT else None,
            ),
        )


class CorrectionForm(BesluitForm):
    """The same for a new version, with why; `seen` is the version that the writer read."""

    seen = IntegerField(widget=HiddenInput(), validators=[required()])
    reason = TextAreaField(
        _("Wat was er niet goed, en wat verandert er?"),
        [required(), at_most(2_000)],
        description=_("Iedereen leest dit bij de nieuwe versie. De oude versie blijft ook staan."),
    )


def correction_form(besluit: Besluit, lines: Sequence[AllocationLine], *, binds: bool) -> CorrectionForm:
    """Return the form filled with the latest version; `lines` are what residents chose."""
    form = CorrectionForm(data=_filled(besluit))
    if besluit.round is None:
        form.keep_to_outcome(binds=binds)
    else:
        form.keep_to(is_advice=besluit.round.is_advice(), lines=lines)
    return form


def _filled(besluit: Besluit) -> dict[str, Any]:
    columns = ("title", "decision_body", "decided_on", "motivation", "legal_ground", "no_objection")
    return {
        **{name: getattr(besluit, name) for name in columns},
        "outcome": besluit.outcome and besluit.outcome.value,
        "follows": DEVIATES if besluit.deviation_ground else FOLLOWS,
        "ground": besluit.deviation_ground and besluit.deviation_ground.value,
        "withheld": [plan.number for plan in besluit.withheld],
        "advice_use": besluit.advice_use and besluit.advice_use.value,
        "objection": CANNOT if besluit.no_objection else CAN,
        "seen": besluit.latest().number,
    }


def new_form(title: str, today: date, **filled: Any) -> BesluitForm:
    """Return the form for a first version, of today, with what is `filled` in already."""
    return BesluitForm(data={"title": title[:200], "decided_on": today, **filled})


def answered(advice: PanelAdvice) -> dict[str, Any]:
    """Return what the answer to a panel says already of the besluit; nothing where there is no answer."""
    answer = advice.answer
    if answer is None:
        return {}
    return {
        "decision_body": answer.decision_body,
        "outcome": OUTCOME_OF[answer.advice_use].value,
        "ground": answer.deviation_ground and answer.deviation_ground.value,
        "motivation": "\n\n".join(said for said in (answer.taken_over, answer.not_taken_over) if said),
    }


class ListForm(Form):
    """By what the list is narrowed. It only reads, so it needs no token."""

    wijk = SelectField(_("Wijk of buurt"), default="", validate_choice=False)
    soort = SelectField(_("Waarover"), default="")
    afwijkend = BooleanField(_("Alleen besluiten die afwijken van wat bewoners kozen"))


def list_form(areas: list[Area]) -> ListForm:
    """Return the form of this address; 404 for a place or a kind that is not there."""
    form = ListForm(formdata=request.args, meta={"csrf": False})
    everything = _("Alles")
    form.wijk.choices = [SelectChoice("", everything), *area_choices(areas)]
    form.soort.choices = [
        SelectChoice("", everything), *(SelectChoice(kind.value, WORDS[kind]) for kind in SubjectKind)
    ]  # fmt: skip
    known = {str(area.id) for area in areas}
    if (form.wijk.data and form.wijk.data not in known) or (
        form.soort.data and form.soort.data not in set(SubjectKind)
    ):
        abort(404)
    return form
