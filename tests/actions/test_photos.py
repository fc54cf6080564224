"""Who adds a photo to an idea, who takes it away, and what is left of it then?"""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.ideas import withdraw_idea
from participatie.actions.moderation import hide_idea
from participatie.actions.photos import add_photo, remove_photo
from participatie.models.accounts import Account
from participatie.models.audit import AuditRow
from participatie.models.ideas import Idea
from participatie.models.outbox import OutboxMail
from participatie.models.photos import Photo, PhotoFile, PhotoRemoval
from participatie.spelregels.levels import Level
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Do, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Refusal, Refused
from tests.blueprints.full_world import somebody
from tests.factories import a_resident, a_traject, an_idea, done, now_of
from tests.factories.photos import ALT, a_photo, a_picture

WHY = "Op de foto is een kind goed te herkennen."


def add(session: Session, who: Account, idea: Idea, number: int = 0, alt: str = ALT) -> Photo | Refused:
    return add_photo(session, who, idea, a_picture(number), alt, "nl", now_of(session))


def code_of(outcome: object) -> Refusal:
    assert isinstance(outcome, Refused), outcome
    return outcome.code


def count(session: Session, model: type[Photo | PhotoFile | PhotoRemoval]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def acts(session: Session) -> list[tuple[str, str, int]]:
    rows = session.scalars(select(AuditRow).order_by(AuditRow.id))
    return [(row.act, row.object_kind, row.object_id) for row in rows if "foto" in row.act]


def test_an_author_adds_three_photos_and_no_fourth(session: Session) -> None:
    idea = an_idea(session)
    before = idea.traject.version
    for number in range(3):
        assert done(add(session, idea.author, idea, number)).position == number + 1
    assert idea.traject.version > before
    assert code_of(add(session, idea.author, idea, 3)) is Refusal.TOO_MANY_PHOTOS
    assert acts(session) == [(Do.ADD_PHOTO, "idea", idea.id)] * 3
    assert (count(session, Photo), count(session, PhotoFile)) == (3, 6)


def test_the_place_of_a_photo_that_went_is_taken_by_the_next(session: Session) -> None:
    idea = an_idea(session)
    photos = [a_photo(session, idea, number) for number in range(3)]
    done(remove_photo(session, idea.author, photos[1], None, "", now_of(session)))
    assert done(add(session, idea.author, idea, 4)).position == 2


def test_the_same_photo_twice_is_one(session: Session) -> None:
    idea = an_idea(session)
    assert done(add(session, idea.author, idea)).id == done(add(session, idea.author, idea)).id
    assert (count(session, Photo), len(acts(session))) == (1, 1)


def test_nobody_else_adds_one(session: Session) -> None:
    idea = an_idea(session)
    for who in (a_resident(session), somebody(session, Role.MODERATOR), somebody(session, Role.WIJKMANAGER)):
        assert code_of(add(session, who, idea)) is Refusal.NOT_YOUR_ROLE
    assert count(session, Photo) == 0


def test_a_photo_needs_words(session: Session) -> None:
    idea = an_idea(session)
    assert code_of(add(session, idea.author, idea, alt=" \n ")) is Refusal.ALT_MISSING


@pytest.mark.parametrize("status", ["toegelaten", "niet toegelaten", "ingetrokken"])
def test_after_the_answer_no_photo_is_added(session: Session, status: str) -> None:
    idea = an_idea(session)
    idea.status = status
    session.commit()
    assert code_of(add(session, idea.author, idea)) is Refusal.IDEA_NOT_OPEN


@pytest.mark.parametrize("phase", [PhaseKind.VOTE, PhaseKind.DECIDE, PhaseKind.EXECUTE])
def test_after_assessing_no_photo_is_added_and_one_may_go(session: Session, phase: PhaseKind) -> None:
    idea = an_idea(session, a_traject(session, phase=phase))
    photo = a_photo(session, idea)
    assert code_of(add(session, idea.author, idea, 1)) is Refusal.WRONG_PHASE
    done(remove_photo(session, idea.author, photo, None, "", now_of(session)))


def test_where_residents_only_learn_what_happens_no_photo_is_added(session: Session) -> None:
    idea = an_idea(session)
    next(p for p in idea.traject.phases if p.kind is PhaseKind.COLLECT).level = Level.MEEWETEN
    session.commit()
    assert code_of(add(session, idea.author, idea)) is Refusal.LEVEL_TOO_LOW


def test_what_an_author_removes_is_gone(session: Session) -> None:
    idea = an_idea(session)
    photo = a_photo(session, idea)
    mails = session.scalar(select(func.count()).select_from(OutboxMail))
    done(remove_photo(session, idea.author, photo, None, "", now_of(session)))
    assert [count(session, model) for model in (Photo, PhotoFile, PhotoRemoval)] == [0, 0, 0]
    assert acts(session)[-1] == (Do.REMOVE_PHOTO, "idea", idea.id)
    assert session.scalar(select(func.count()).select_from(OutboxMail)) == mails


def test_a_moderator_removes_with_a_house_rule_and_a_reason(session: Session) -> None:
    idea = an_idea(session)
    photo = a_photo(session, idea)
    moderator = somebody(session, Role.MODERATOR)
    now = now_of(session)
    for rule, reason in ((HouseRule.PRIVATE_DATA, " "), (None, WHY)):
        assert code_of(remove_photo(session, moderator, photo, rule, reason, now)) is Refusal.REASON_MISSING
    assert count(session, PhotoFile) == 2
    done(remove_photo(session, moderator, photo, HouseRule.PRIVATE_DATA, WHY, now))
    assert (count(session, Photo), count(session, PhotoFile)) == (0, 0)
    removal = session.scalars(select(PhotoRemoval)).one()
    assert (removal.reason, removal.house_rule, removal.moderator_id) == (WHY, HouseRule.PRIVATE_DATA, moderator.id)
    row = session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
    assert row is not None
    assert row.facts == {"photo": photo.id, "house_rule": "privégegevens van anderen"}
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "photo_removed")).one()
    assert (mail.recipient, mail.facts["reason"]) == (idea.author.email, WHY)


def test_others_remove_nothing(session: Session) -> None:
    idea = an_idea(session)
    photo = a_photo(session, idea)
    rival = somebody(session, Role.MODERATOR)
    an_idea(session, idea.traject, author=rival)
    for who, code in (
        (a_resident(session), Refusal.NOT_YOUR_ROLE),
        (somebody(session, Role.MODERATOR, elsewhere=True), Refusal.NOT_YOUR_ROLE),
        (rival, Refusal.OWN_RIVAL),
    ):
        assert code_of(remove_photo(session, who, photo, HouseRule.INSULT, WHY, now_of(session))) is code
    assert count(session, PhotoFile) == 2


def test_withdrawing_an_idea_deletes_its_photos_for_good_and_hiding_keeps_them(session: Session) -> None:
    hidden, withdrawn = an_idea(session), an_idea(session)
    for idea in (hidden, withdrawn):
        a_photo(session, idea, 0)
        a_photo(session, idea, 1)
    moderator = somebody(session, Role.MODERATOR)
    done(hide_idea(session, moderator.actor(), hidden, HouseRule.INSULT, WHY, now_of(session)))
    done(withdraw_idea(session, withdrawn.author, withdrawn, now_of(session) + timedelta(minutes=1)))
    session.commit()
    assert set(session.scalars(select(Photo.idea_id))) == {hidden.id}
    assert count(session, PhotoFile) == 4


def test_the_database_holds_no_fourth_photo_whoever_writes(session: Session) -> None:
    photo = a_photo(session, an_idea(session))
    row = {column.key: getattr(photo, column.key) for column in Photo.__table__.columns if column.key != "id"}
    for position in (1, 4, 0):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(insert(Photo).values(row | {"position": position, "sha256": "x" * 64}))
