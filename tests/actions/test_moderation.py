"""Hiding with a cited house rule, and putting back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.moderation import hide_idea, restore_idea
from participatie.models.audit import AuditRow
from participatie.models.moderation import Hiding
from participatie.models.outbox import OutboxMail
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Actor, Do, Role
from participatie.spelregels.verdicts import Refusal, refused
from tests.clock import TurnableClock
from tests.factories import a_gemeente, an_account, an_idea, done


def moderator(session: Session, wijk: int = 0) -> Actor:
    return an_account(session, role=Role.MODERATOR, role_area=a_gemeente(session).wijken[wijk]).actor()


def test_a_hidden_idea_keeps_its_text_and_its_author_reads_why(session: Session, clock: TurnableClock) -> None:
    idea = an_idea(session, title="Weg met buurman Jan")
    done(hide_idea(session, moderator(session), idea, HouseRule.INSULT, " Dit gaat over een buurman. ", clock.now))
    session.commit()
    assert (idea.hidden_at, idea.title) == (clock.now, "Weg met buurman Jan")
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "idea_hidden")).one()
    assert mail.facts["house_rule"] == HouseRule.INSULT
    assert mail.facts["reason"] == "Dit gaat over een buurman."
    row = session.scalars(select(AuditRow).where(AuditRow.act == Do.HIDE_IDEA)).one()
    assert row.facts == {"house_rule": HouseRule.INSULT}


def test_a_moderator_of_another_wijk_hides_nothing_here(session: Session, clock: TurnableClock) -> None:
    verdict = hide_idea(session, moderator(session, wijk=1), an_idea(session), HouseRule.INSULT, "Nee.", clock.now)
    assert verdict == refused(Refusal.NOT_YOUR_ROLE, roles="moderator")


def test_a_moderator_with_an_own_idea_does_not_hide_its_rivals(session: Session, clock: TurnableClock) -> None:
    world = a_gemeente(session)
    rival = an_account(session, area=world.buurten[0], role=Role.MODERATOR, role_area=world.wijken[0])
    own = an_idea(session, author=rival)
    other = an_idea(session, own.traject)
    verdict = hide_idea(session, rival.actor(), other, HouseRule.OFF_TOPIC, "Weg ermee.", clock.now)
    assert verdict == refused(Refusal.OWN_RIVAL)


def test_a_restored_idea_is_back_and_the_record_stays(session: Session, clock: TurnableClock) -> None:
    idea, actor = an_idea(session), moderator(session)
    assert restore_idea(session, actor, idea, "Toch goed.", clock.now) == refused(Refusal.NOT_HIDDEN)
    done(hide_idea(session, actor, idea, HouseRule.OFF_TOPIC, "Gaat niet over de wijk.", clock.now))
    again = hide_idea(session, actor, idea, HouseRule.OFF_TOPIC, "Nog eens.", clock.now)
    assert again == refused(Refusal.ALREADY_HIDDEN)
    done(restore_idea(session, actor, idea, " Toch wel. ", clock.forward(days=1)))
    session.commit()
    hiding = session.scalars(select(Hiding)).one()
    assert idea.hidden_at is None
    assert (hiding.restored_at, hiding.restored_reason) == (clock.now, "Toch wel.")
    assert session.scalars(select(OutboxMail).where(OutboxMail.template == "idea_restored")).one()


def test_an_idea_hidden_twice_has_two_records(session: Session, clock: TurnableClock) -> None:
    idea, actor = an_idea(session), moderator(session)
    for _ in range(2):
        done(hide_idea(session, actor, idea, HouseRule.ADVERTISING, "Reclame.", clock.forward(hours=1)))
        done(restore_idea(session, actor, idea, "Aangepast.", clock.forward(hours=1)))
    session.commit()
    assert len({hiding.restored_at for hiding in session.scalars(select(Hiding))}) == 2
