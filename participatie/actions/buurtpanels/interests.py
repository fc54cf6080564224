"""How does a member say in which options they have an interest of their own?"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.buurtpanels import (
    InterestInOption,
    PanelInterest,
    PanelPerson,
    PanelScore,
    ScoreOption,
    ScoreQuestion,
    interest_of,
)
from participatie.spelregels.buurtpanels.members import SEATED
from participatie.spelregels.buurtpanels.work import may_declare
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refused, first_refusal


def declare_interest(
    session: Session,
    person: PanelPerson,
    *,
    has_interest: bool,
    text: str,
    is_public: bool,
    option_ids: Collection[int],
    now: datetime,
) -> PanelInterest | Refused:
    """Keep what a member says; scores that they gave to such an option go, as long as the question is open.

    What was said before is not kept. Options of another panel, or that are not on the table yet, are left out.
    """
    session.refresh(person, with_for_update={"of": PanelPerson})
    verdict = first_refusal(
        may(
            Actor(is_panel_member=person.status in SEATED),
            Do.TAKE_SEAT,
            person.panel.traject.facts().place_at(now),
        ),
        may_declare(has_interest=has_interest, text=text),
    )
    if isinstance(verdict, Refused):
        return verdict
    interest = session.scalar(interest_of(person.id))
    if interest is None:
        interest = PanelInterest(panel_id=person.panel_id, person_id=person.id)
        session.add(interest)
    interest.has_interest, interest.at = has_interest, now
    interest.text = text.strip() if has_interest else ""
    interest.is_public = is_public and has_interest
    chosen = _of_panel(session, person.panel_id, option_ids) if has_interest else set()
    kept = [each for each in interest.in_options if each.option_id in chosen]
    new = chosen - {each.option_id for each in kept}
    interest.in_options[:] = [*kept, *(InterestInOption(option_id=option_id) for option_id in sorted(new))]
    _take_scores_back(session, person, chosen)
    session.flush()
    return interest


def _of_panel(session: Session, panel_id: int, option_ids: Collection[int]) -> set[int]:
    return set(
        session.scalars(
            select(ScoreOption.id)
            .join(ScoreOption.question)
            .where(
                ScoreQuestion.panel_id == panel_id, ScoreQuestion.opened_at.is_not(None), ScoreOption.id.in_(option_ids)
            )
        )
    )


def _take_scores_back(session: Session, person: PanelPerson, option_ids: Collection[int]) -> None:
    given = session.scalars(
        select(PanelScore)
        .join(ScoreOption, ScoreOption.id == PanelScore.option_id)
        .join(ScoreOption.question)
        .where(
            PanelScore.person_id == person.id,
            PanelScore.option_id.in_(option_ids),
            ScoreQuestion.closed_at.is_(None),
        )
    )
    for score in given:
        session.delete(score)
