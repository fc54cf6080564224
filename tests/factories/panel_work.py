"""What panels do: meetings, questions with scores, and advice."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.advice import AdviceText, answer_advice, publish_advice
from participatie.actions.buurtpanels.interests import declare_interest
from participatie.actions.buurtpanels.meetings import MeetingText, plan_meeting
from participatie.actions.buurtpanels.scores import give_scores, open_question, write_question
from participatie.models.buurtpanels import (
    AdviceAnswer,
    Buurtpanel,
    PanelAdvice,
    PanelMeeting,
    PanelPerson,
    ScoreQuestion,
)
from participatie.spelregels.besluiten import AdviceUse, DeviationGround
from participatie.spelregels.buurtpanels.work import AnswerWords
from tests.factories.people import a_wijkmanager, done, now_of, runs_all


def a_meeting(session: Session, panel: Buurtpanel, title: str = "Eerste avond", reading: str = "") -> PanelMeeting:
    """A meeting of two hours in a week."""
    starts = now_of(session) + timedelta(days=7)
    text = MeetingText(title, starts, starts + timedelta(hours=2), "Buurthuis De Wiek", "Kennismaken.", reading)
    meeting = done(plan_meeting(session, runs_all(a_wijkmanager(session)), panel, text, now_of(session)))
    session.commit()
    return meeting


def a_question(
    session: Session, panel: Buurtpanel, options: Sequence[str] = ("Ontwerp Beuk", "Ontwerp Eik"), opened: bool = True
) -> ScoreQuestion:
    """A question about two designs that members can score."""
    manager, now = runs_all(a_wijkmanager(session)), now_of(session)
    question = done(write_question(session, manager, panel, None, "Welk ontwerp past bij de wijk?", options, now))
    if opened:
        done(open_question(session, manager, panel, question, now))
    session.commit()
    return question


def no_interest(session: Session, *people: PanelPerson) -> None:
    """Let these members say that they have no interest."""
    for person in people:
        done(
            declare_interest(
                session, person, has_interest=False, text="", is_public=False, option_ids=(), now=now_of(session)
            )
        )
    session.commit()


def scored_by(session: Session, question: ScoreQuestion, people: Sequence[PanelPerson], scores: Sequence[int]) -> None:
    """Let each of these members give the first option a score."""
    for person, score in zip(people, scores, strict=True):
        done(give_scores(session, person, question, {question.options[0].id: (score, "")}, now_of(session)))
    session.commit()


def an_advice(session: Session, panel: Buurtpanel, correction: str = "") -> PanelAdvice:
    """What the panel says, or a corrected version of it."""
    text = AdviceText("Kies ontwerp **Beuk**.", "Na drie avonden.", "Twee leden kozen Eik.", correction)
    advice = done(publish_advice(session, runs_all(a_wijkmanager(session)), panel, text, now_of(session)))
    session.commit()
    return advice


def an_answer(
    session: Session,
    advice: PanelAdvice,
    use: AdviceUse = AdviceUse.FOLLOWED,
    ground: DeviationGround | None = None,
) -> AdviceAnswer:
    """What the gemeente answers to the newest text of a panel."""
    taken, left = "De beuken komen er.", "De bank is te duur."
    words = AnswerWords(
        "college", use, taken if use is not AdviceUse.NOT_FOLLOWED else "",
        left if use is not AdviceUse.FOLLOWED else "", ground,
    )  # fmt: skip
    manager = runs_all(a_wijkmanager(session))
    answer = done(answer_advice(session, manager, advice.panel, advice, words, now_of(session)))
    session.commit()
    return answer
