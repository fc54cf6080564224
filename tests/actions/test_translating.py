"""A translation is offered by a resident and passed by a moderator; only then anybody reads it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.moderation import hide_idea
from participatie.actions.translating import judge_translation, keep_engine_translation, offer_translation
from participatie.models.accounts import Account
from participatie.models.audit import AuditRow
from participatie.models.content_translations import ContentTranslation, source_of
from participatie.models.ideas import Idea
from participatie.models.outbox import OutboxMail
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import NOBODY, Do, Role
from participatie.spelregels.translations import TranslationStatus, Translator
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.clock import TurnableClock
from tests.factories import a_gemeente, a_resident, an_account, an_idea, done

TEXTS = {"title": "A tree", "body": "For shade.", "own_contribution": "We water it."}


def a_moderator(session: Session) -> Account:
    return an_account(session, role=Role.MODERATOR)


def offered(session: Session, clock: TurnableClock, idea: Idea, lang: str = "en") -> ContentTranslation:
    return done(offer_translation(session, a_resident(session).actor(), idea, lang, TEXTS, clock.now))


def test_an_offer_waits_and_leaves_a_trace(session: Session, clock: TurnableClock) -> None:
    idea = an_idea(session)
    translation = offered(session, clock, idea)
    assert (translation.status, translation.made_by) == (TranslationStatus.WAITING, Translator.PERSON)
    row = session.scalars(select(AuditRow).where(AuditRow.act == Do.OFFER_TRANSLATION)).one()
    assert row.facts == {"traject": idea.traject_id, "lang": "en"}


def test_what_was_passed_is_kept_and_its_maker_hears_it(session: Session, clock: TurnableClock) -> None:
    idea = an_idea(session)
    version = idea.traject.version
    translation, moderator = offered(session, clock, idea), a_moderator(session)
    done(judge_translation(session, moderator.actor(), translation, "", clock.now, approves=True))
    session.commit()
    assert (translation.status, translation.judged_by_id) == (TranslationStatus.APPROVED, moderator.id)
    assert idea.traject.version > version
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "translation_judged")).one()
    assert (mail.recipient, mail.facts["approved"]) == (translation.author.email, True)  # type: ignore[union-attr]
    again = judge_translation(session, moderator.actor(), translation, "Toch niet.", clock.now, approves=False)
    assert again == refused(Refusal.TRANSLATION_JUDGED)


def test_a_no_needs_a_reason(session: Session, clock: TurnableClock) -> None:
    translation, moderator = offered(session, clock, an_idea(session)), a_moderator(session).actor()
    verdict = judge_translation(session, moderator, translation, "  ", clock.now, approves=False)
    assert verdict == refused(Refusal.REASON_MISSING)
    done(judge_translation(session, moderator, translation, "Er staat iets anders.", clock.now, approves=False))
    assert translation.status is TranslationStatus.REFUSED


def test_nobody_passes_a_translation_of_their_own(session: Session, clock: TurnableClock) -> None:
    world = a_gemeente(session)
    both = an_account(session, area=world.buurten[0], role=Role.MODERATOR)
    translation = done(offer_translation(session, both.actor(), an_idea(session), "en", TEXTS, clock.now))
    verdict = judge_translation(session, both.actor(), translation, "", clock.now, approves=True)
    assert verdict == refused(Refusal.OWN_TRANSLATION)


def test_a_translation_of_a_text_that_changed_is_not_passed(session: Session, clock: TurnableClock) -> None:
    idea = an_idea(session)
    translation = offered(session, clock, idea)
    idea.body = "Iets heel anders."
    session.flush()
    verdict = judge_translation(session, a_moderator(session).actor(), translation, "", clock.now, approves=True)
    assert verdict == refused(Refusal.TRANSLATION_STALE)


def test_one_translation_waits_at_a_time(session: Session, clock: TurnableClock) -> None:
    idea = an_idea(session)
    offered(session, clock, idea)
    second = offer_translation(session, a_resident(session).actor(), idea, "en", TEXTS, clock.now)
    assert second == refused(Refusal.TRANSLATION_WAITS)
    assert not isinstance(offered(session, clock, idea, "tr"), Refused)


def test_a_part_a_language_and_a_hidden_idea_are_refused(session: Session, clock: TurnableClock) -> None:
    idea, neighbour = an_idea(session), a_resident(session).actor()
    part = offer_translation(session, neighbour, idea, "en", {"title": "A tree"}, clock.now)
    assert part == refused(Refusal.TRANSLATION_INCOMPLETE)
    assert offer_translation(session, neighbour, idea, "nl", TEXTS, clock.now) == refused(Refusal.SAME_LANGUAGE)
    done(hide_idea(session, a_moderator(session).actor(), idea, HouseRule.INSULT, "Schelden.", clock.now))
    assert offer_translation(session, neighbour, idea, "en", TEXTS, clock.now) == refused(Refusal.ALREADY_HIDDEN)


def test_visitors_and_people_from_elsewhere_offer_nothing(session: Session, clock: TurnableClock) -> None:
    idea = an_idea(session)
    stranger = an_account(session, area=a_gemeente(session).buurten[2]).actor()
    assert offer_translation(session, stranger, idea, "en", TEXTS, clock.now) == refused(Refusal.NOT_YOUR_AREA)
    assert offer_translation(session, NOBODY, idea, "en", TEXTS, clock.now) == refused(Refusal.LOG_IN_FIRST)


def test_the_engine_translates_a_text_once(session: Session, clock: TurnableClock) -> None:
    source = source_of(an_idea(session))
    assert keep_engine_translation(session, source, "pl", TEXTS, clock.now) is not None
    assert keep_engine_translation(session, source, "pl", TEXTS, clock.now) is None
