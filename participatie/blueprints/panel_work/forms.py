"""What do staff and members of a panel fill in about its work?"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, HiddenField, RadioField, StringField, TextAreaField, TimeField
from wtforms.fields import SelectMultipleField
from wtforms.validators import Optional

from participatie.actions.buurtpanels.advice import AdviceText
from participatie.actions.buurtpanels.meetings import MeetingText
from participatie.models.buurtpanels import PanelAdvice, PanelInterest, PanelMeeting, ScoreOption, ScoreQuestion
from participatie.spelregels.besluiten import AdviceUse, DeviationGround
from participatie.spelregels.buurtpanels.opening import Mandate
from participatie.spelregels.buurtpanels.work import HIGHEST, LOWEST, AnswerWords
from participatie.web.formats import AMSTERDAM
from participatie.web.forms import Form, SelectChoice, at_most, clean_line, required
from participatie.web.panel_work import use_in_words
from participatie.web.plain_language import OfficialForm
from participatie.web.words import WORDS

LONGEST = 10_000  # characters
LONGEST_WORDS = 500
NO_SCORE = ""
SOME, NONE = "wel", "geen"


class MeetingForm(Form):
    """A meeting: when, where, what about, and what to read beforehand."""

    title = StringField(_("Naam van de bijeenkomst"), [required(), at_most(200)])
    day = DateField(_("Dag"), [required()])
    starts = TimeField(_("Begint om"), [required()])
    ends = TimeField(_("Eindigt om"), [required()])
    place = StringField(_("Plaats"), [required(), at_most(200)])
    agenda = TextAreaField(_("Agenda"), [at_most(LONGEST)])
    reading = TextAreaField(
        _("Vooraf lezen"),
        [at_most(LONGEST)],
        description=_("Schrijf kort op wat leden moeten weten. Een link zet u zo neer: [naam](https://adres)."),
    )

    def text(self) -> MeetingText:
        """Return what was filled in; the times are those of Amsterdam."""
        at = [datetime.combine(self.data["day"], self.data[name], AMSTERDAM) for name in ("starts", "ends")]
        return MeetingText(
            title=self.data["title"],
            starts_at=at[0].astimezone(UTC),
            ends_at=at[1].astimezone(UTC),
            place=self.data["place"],
            agenda=self.data["agenda"] or "",
            reading=self.data["reading"] or "",
        )

    @classmethod
    def of(cls, meeting: PanelMeeting) -> "MeetingForm":
        """Return the form with what a meeting says now."""
        starts, ends = meeting.starts_at.astimezone(AMSTERDAM), meeting.ends_at.astimezone(AMSTERDAM)
        return cls(
            title=meeting.title,
            day=starts.date(),
            starts=starts.time(),
            ends=ends.time(),
            place=meeting.place,
            agenda=meeting.agenda,
            reading=meeting.reading,
        )


class ReasonForm(Form):
    """A reason that everybody reads."""

    reason = TextAreaField(_("Waarom?"), [required(), at_most(LONGEST)], description=_("Iedereen kan dit lezen."))


class QuestionForm(Form):
    """A question, and the options that members score."""

    text = TextAreaField(_("De vraag"), [required(), at_most(LONGEST_WORDS)])
    options = TextAreaField(
        _("De keuzes"),
        [required(), at_most(LONGEST)],
        description=_("Op elke regel één plan, ontwerp of idee. Leden geven elke keuze een score van 1 tot en met 5."),
    )

    def names(self) -> list[str]:
        """Return the options in their order."""
        lines = (clean_line(line) or "" for line in (self.data["options"] or "").split("\n"))
        return [line[:200] for line in lines if line]

    @classmethod
    def of(cls, question: ScoreQuestion) -> "QuestionForm":
        """Return the form with what a question says now."""
        return cls(text=question.text, options="\n".join(option.name for option in question.options))


class ScoresForm(Form):
    """For each option radio buttons, and room for words that nobody has to fill in."""

    def given(self, options: Sequence[ScoreOption]) -> dict[int, tuple[int, str]]:
        """Return the scores by option; an option without one is left out."""
        return {
            option.id: (int(self.data[f"score_{option.id}"]), self.data[f"words_{option.id}"] or "")
            for option in options
            if self.data[f"score_{option.id}"]
        }


def scores_form(options: Sequence[ScoreOption], own: Mapping[int, tuple[int, str]]) -> ScoresForm:
    """Return a form for some options, with what a member gave them before."""
    choices = [SelectChoice(str(score), str(score)) for score in range(LOWEST, HIGHEST + 1)]
    fields: dict[str, Any] = {}
    filled: dict[str, str] = {}
    for option in options:
        fields[f"score_{option.id}"] = RadioField(
            option.name, [Optional()], choices=[*choices, SelectChoice(NO_SCORE, _("geen score"))], default=NO_SCORE
        )
        fields[f"words_{option.id}"] = TextAreaField(_("Wilt u er iets bij zeggen?"), [at_most(LONGEST_WORDS)])
        if option.id in own:
            filled[f"score_{option.id}"], filled[f"words_{option.id}"] = str(own[option.id][0]), own[option.id][1]
    form: ScoresForm = type("FilledScoresForm", (ScoresForm,), fields)(data=filled)
    return form


class InterestForm(Form):
    """What interest a member has in something on the table, or that there is none."""

    has_interest = RadioField(
        _("Hebt u een eigen belang bij iets dat op tafel ligt?"),
        [required()],
        choices=[
            SelectChoice(NONE, _("Nee, geen belang")),
            SelectChoice(SOME, _("Ja, ik heb een belang")),
        ],
        description=_("Bijvoorbeeld: u werkt mee aan een plan, of u woont ernaast en verdient eraan."),
    )
    text = TextAreaField(_("Welk belang hebt u?"), [at_most(LONGEST_WORDS)])
    options = SelectMultipleField(
        _("Bij welke keuzes?"),
        coerce=int,
        description=_("Aan deze keuzes geeft u geen score."),
    )
    is_public = BooleanField(_("Anderen mogen mijn tekst lezen, zonder mijn naam"))

    @classmethod
    def of(cls, questions: Sequence[ScoreQuestion], said: PanelInterest | None) -> "InterestForm":
        """Return the form with what a member said before."""
        before: dict[str, Any] = {}
        if said is not None:
            before = {
                "has_interest": SOME if said.has_interest else NONE,
                "text": said.text,
                "options": [each.option_id for each in said.in_options],
                "is_public": said.is_public,
            }
        form = cls(data=before)
        form.options.choices = [
            SelectChoice(option.id, option.name) for question in questions for option in question.options
        ]
        if not form.options.choices:
            del form.options
        return form


class AdviceForm(Form):
    """What a panel says; `correction` is asked for a new version alone."""

    text = TextAreaField(_("Wat zegt het panel?"), [required(), at_most(LONGEST)])
    minority = TextAreaField(
        _("Wat vond de minderheid?"), [at_most(LONGEST)], description=_("Laat leeg als iedereen het eens was.")
    )
    how = TextAreaField(_("Hoe kwam het panel hiertoe?"), [required(), at_most(LONGEST)])
    correction = TextAreaField(_("Wat is er veranderd, en waarom?"), [required(), at_most(LONGEST)])

    def advice(self) -> AdviceText:
        """Return what was filled in."""
        return AdviceText(
            text=self.data["text"],
            how=self.data["how"],
            minority=self.data["minority"] or "",
            correction=self.data.get("correction") or "",
        )

    @classmethod
    def of(cls, before: PanelAdvice | None) -> "AdviceForm":
        """Return the form for a first version, or with the words of the one before."""
        if before is None:
            form = cls()
            del form.correction
            return form
        return cls(text=before.text, minority=before.minority, how=before.how)


class AnswerForm(OfficialForm):
    """What the gemeente does with the advice, or the besluit after a decision of the panel."""

    published = ("taken_over", "not_taken_over")

    version = HiddenField()
    decision_body = StringField(
        _("Wie geeft het antwoord?"), [required(), at_most(200)], default=_("college van burgemeester en wethouders")
    )
    use = RadioField(_("Wat doet de gemeente ermee?"), [required()])
    ground = RadioField(
        _("Waarom wijkt het af?"),
        [Optional()],
        choices=[SelectChoice(ground.value, WORDS[ground]) for ground in DeviationGround],
        description=_("Alleen als het besluit afwijkt. Andere redenen zijn er niet."),
    )
    taken_over = TextAreaField(_("Wat neemt de gemeente over?"), [at_most(LONGEST)])
    not_taken_over = TextAreaField(_("Wat neemt de gemeente niet over, en waarom niet?"), [at_most(LONGEST)])

    @classmethod
    def about(cls, advice: PanelAdvice, mandate: Mandate) -> "AnswerForm":
        """Return the form for one version; a ground is asked where the panel decides."""
        form = cls(version=str(advice.version))
        form.use.choices = [SelectChoice(use.value, use_in_words(mandate, use)) for use in AdviceUse]
        if mandate is not Mandate.DECIDE:
            del form.ground
        return form

    def words(self) -> AnswerWords:
        """Return what was filled in."""
        ground = self.data.get("ground")
        return AnswerWords(
            decision_body=self.data["decision_body"],
            use=AdviceUse(self.data["use"]),
            taken_over=self.data["taken_over"] or "",
            not_taken_over=self.data["not_taken_over"] or "",
            ground=DeviationGround(ground) if ground else None,
        )
