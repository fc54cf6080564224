"""How does a panel score options: who asks, who gives, and who closes?"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.models.buurtpanels import (
    Buurtpanel,
    PanelPerson,
    PanelScore,
    ScoreOption,
    ScoreQuestion,
    count_open_questions,
    interest_of,
    scores_by,
)
from participatie.spelregels.buurtpanels.members import MemberStatus
from participatie.spelregels.buurtpanels.work import (
    may_close_question,
    may_open_question,
    may_score,
    may_write_question,
)
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refused, first_refusal


def write_question(
    session: Session,
    actor: Actor,
    panel: Buurtpanel,
    question: ScoreQuestion | None,
    text: str,
    options: Sequence[str],
    now: datetime,
) -> ScoreQuestion | Refused:
    """Write a question with its options, or change one that is not open yet."""
    if question is not None:
        session.refresh(question, with_for_update={"of": ScoreQuestion})
    verdict = first_refusal(
        may(actor, Do.MANAGE_PANEL, panel.traject.facts().place_at(now)),
        may_write_question(panel.status, question.opened_at if question else None, options),
    )
    if isinstance(verdict, Refused):
        return verdict
    if question is None:
        question = ScoreQuestion(panel=panel)
        session.add(question)
    question.text = text
    _rename(session, question, options)
    record(session, actor.account_id, Do.MANAGE_PANEL, question, now, traject=panel.traject_id)
    return question


def open_question(
    session: Session, actor: Actor, panel: Buurtpanel, question: ScoreQuestion, now: datetime
) -> ScoreQuestion | Refused:
    """Let members score. Refused beside another open question where the rules ask *which* before *how much*."""
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    session.refresh(question, with_for_update={"of": ScoreQuestion})
    rules = panel.traject.ruleset().panel
    verdict = first_refusal(
        may(actor, Do.MANAGE_PANEL, panel.traject.facts().place_at(now)),
        may_open_question(
            panel.status,
            question.opened_at,
            one_at_a_time=rules is not None and rules.which_before_how_much,
            others_open=session.scalar(count_open_questions(panel.id)) or 0,
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    question.opened_at = now
    record(session, actor.account_id, Do.MANAGE_PANEL, question, now, traject=panel.traject_id)
    return question


def close_question(
    session: Session, actor: Actor, panel: Buurtpanel, question: ScoreQuestion, now: datetime
) -> ScoreQuestion | Refused:
    """End the scoring; from now on the spread is public. Scores of who is no member any more do not count and go."""
    session.refresh(question, with_for_update={"of": ScoreQuestion})
    verdict = first_refusal(
        may(actor, Do.MANAGE_PANEL, panel.traject.facts().place_at(now)),
        may_close_question(question.opened_at, question.closed_at),
    )
    if isinstance(verdict, Refused):
        return verdict
    question.closed_at = now
    members = select(PanelPerson.id).where(
        PanelPerson.panel_id == panel.id, PanelPerson.status == MemberStatus.CONFIRMED
    )
    session.execute(
        delete(PanelScore).where(
            PanelScore.option_id.in_([option.id for option in question.options]),
            PanelScore.person_id.is_(None) | PanelScore.person_id.not_in(members),
        ),
        execution_options={"synchronize_session": False},
    )
    panel.traject.touch()
    record(session, actor.account_id, Do.MANAGE_PANEL, question, now, traject=panel.traject_id)
    return question


def give_scores(
    session: Session,
    person: PanelPerson,
    question: ScoreQuestion,
    given: Mapping[int, tuple[int, str]],
    now: datetime,
) -> ScoreQuestion | Refused:
    """Keep the scores of a member, by option: a score and words, which may be empty. An option left out has no score any more.

    No trace is left besides the score itself: who gave what is nobody's business.
    """
    session.refresh(person, with_for_update={"of": PanelPerson})
    session.refresh(question, with_for_update={"of": ScoreQuestion})
    if question.panel_id != person.panel_id:
        raise LookupError(question.id)
    member = Actor(is_panel_member=person.status is MemberStatus.CONFIRMED)
    interest = session.scalar(interest_of(person.id))
    own = {each.option_id for each in interest.in_options} if interest else set()
    options = {option.id for option in question.options}
    verdict = first_refusal(
        may(member, Do.GIVE_SCORE, person.panel.traject.facts().place_at(now)),
        may_score(
            is_open=question.is_open(),
            declared=interest is not None,
            scores=[score for score, _words in given.values()],
            options_are_there=given.keys() <= options,
            touches_interest=bool(given.keys() & own),
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    before = {row.option_id: row for row in session.scalars(scores_by(person.id)) if row.option_id in options}
    for option_id, row in before.items():
        if option_id not in given:
            session.delete(row)
    for option_id, (score, words) in given.items():
        row = before.get(option_id) or PanelScore(option_id=option_id, person_id=person.id)
        row.score, row.words = score, words.strip()
        session.add(row)
    session.flush()
    return question


def _rename(session: Session, question: ScoreQuestion, options: Sequence[str]) -> None:
    """Give a question these options in this order; one that keeps its name stays the same option."""
    before = {option.name: option for option in question.options}
    for place, option in enumerate(question.options):
        option.position = -place - 1  # places are unique, so all make room first
    session.flush()
    question.options[:] = [before.get(name) or ScoreOption(name=name) for name in options]
    for place, option in enumerate(question.options, start=1):
        option.position = place
