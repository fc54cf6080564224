"""Meetings, scores and interests of a panel: who hears, what is kept, and what two at once may not break."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.forgetting import forget_due_pools
from participatie.actions.buurtpanels.interests import declare_interest
from participatie.actions.buurtpanels.meetings import cancel_meeting, change_meeting, text_of
from participatie.actions.buurtpanels.scores import close_question, give_scores, open_question, write_question
from participatie.models.buurtpanels import (
    Buurtpanel,
    InterestInOption,
    PanelInterest,
    PanelPerson,
    PanelScore,
    PanelStep,
    ScoreQuestion,
    scores_by,
    scores_of_questions,
)
from participatie.models.outbox import OutboxMail
from participatie.settings import Settings
from participatie.spelregels.buurtpanels.members import MemberStatus
from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.permissions import NOBODY, Actor
from participatie.spelregels.rulesets import PanelTerms
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.web.mail import render_mail
from tests.actions.test_races import all_at_once
from tests.clock import TurnableClock
from tests.factories import a_traject, a_wijkmanager, done, now_of, runs_all
from tests.factories.panel_work import a_meeting, a_question, no_interest, scored_by
from tests.factories.panels import a_panel, seated
from tests.factories.trajecten import USUAL_RULES


@pytest.fixture
def panel(session: Session) -> Buurtpanel:
    return a_panel(session)


@pytest.fixture
def members(session: Session, panel: Buurtpanel) -> list[PanelPerson]:
    return [person for person, _code in seated(session, panel)][: panel.seats]


@pytest.fixture
def manager(session: Session) -> Actor:
    return runs_all(a_wijkmanager(session))


def mails(session: Session) -> list[OutboxMail]:
    return list(
        session.scalars(select(OutboxMail).where(OutboxMail.template == "panel_meeting").order_by(OutboxMail.id))
    )


# Meetings


def test_every_member_hears_of_a_new_a_changed_and_a_cancelled_meeting(
    session: Session, settings: Settings, panel: Buurtpanel, members: list[PanelPerson], manager: Actor
) -> None:
    meeting = a_meeting(session, panel, reading="[Het verslag](https://lindewaard.example/verslag)")
    now = now_of(session)
    same = done(change_meeting(session, manager, panel, meeting, text_of(meeting), now))
    assert (same.sequence, len(mails(session))) == (0, panel.seats), "nothing changed, so nobody hears"
    elsewhere = replace(text_of(meeting), place="De school")
    assert done(change_meeting(session, manager, panel, meeting, elsewhere, now)).sequence == 1
    assert done(cancel_meeting(session, manager, panel, meeting, "De zaal is dicht.", now)).sequence == 2
    told = mails(session)
    assert sorted(mail.facts["about"] for mail in told) == ["cancelled"] * 6 + ["changed"] * 6 + ["new"] * 6
    assert {mail.recipient for mail in told} == {person.email for person in members}
    first, last = (render_mail(mail.template, "nl", mail.facts, settings) for mail in (told[0], told[-1]))
    assert first.subject == f"Nieuwe bijeenkomst van {panel.title}"
    assert "iets om vooraf te lezen" in first.body
    assert "De zaal is dicht." in last.body
    assert refused(Refusal.MEETING_OVER) == change_meeting(session, manager, panel, meeting, elsewhere, now)


def test_only_the_wijkmanager_plans_and_only_with_a_reason_is_a_meeting_cancelled(
    session: Session, panel: Buurtpanel, manager: Actor
) -> None:
    meeting = a_meeting(session, panel)
    now = now_of(session)
    assert refused(Refusal.REASON_MISSING) == cancel_meeting(session, manager, panel, meeting, " ", now)
    assert refused(Refusal.LOG_IN_FIRST) == cancel_meeting(session, NOBODY, panel, meeting, "Zomaar.", now)
    late = replace(text_of(meeting), starts_at=now - timedelta(hours=1))
    assert refused(Refusal.MEETING_IN_THE_PAST) == change_meeting(session, manager, panel, meeting, late, now)


# Scores


def counted(session: Session, question: ScoreQuestion) -> list[tuple[int, int, int]]:
    return [tuple(row) for row in session.execute(scores_of_questions([question.id]))]


def test_a_score_needs_no_words_and_changes_until_the_close(
    session: Session, panel: Buurtpanel, members: list[PanelPerson], manager: Actor
) -> None:
    question, member = a_question(session, panel), members[0]
    beech, oak = (option.id for option in question.options)
    no_interest(session, member)
    now = now_of(session)
    done(give_scores(session, member, question, {beech: (2, ""), oak: (5, "Mooi.")}, now))
    done(give_scores(session, member, question, {beech: (4, "Toch wel.")}, now))
    [row] = session.scalars(scores_by(member.id)).all()
    assert (row.option_id, row.score, row.words) == (beech, 4, "Toch wel."), "what was left out is no score any more"
    assert refused(Refusal.SCORE_WRONG) == give_scores(session, member, question, {beech: (6, "")}, now)
    assert refused(Refusal.SCORE_WRONG) == give_scores(session, member, question, {99999999: (3, "")}, now)
    done(close_question(session, manager, panel, question, now))
    assert refused(Refusal.SCORES_NOT_OPEN) == give_scores(session, member, question, {beech: (1, "")}, now)
    assert counted(session, question) == [(beech, 4, 1)]


def test_who_is_no_confirmed_member_gives_no_score_and_who_left_does_not_count(
    session: Session, panel: Buurtpanel, members: list[PanelPerson], manager: Actor
) -> None:
    question, now = a_question(session, panel), now_of(session)
    first = question.options[0].id
    assert refused(Refusal.INTEREST_NOT_TOLD) == give_scores(session, members[0], question, {first: (3, "")}, now)
    no_interest(session, *members[:3])
    scored_by(session, question, members[:3], [1, 5, 5])
    members[0].status = MemberStatus.LEFT
    session.flush()
    assert isinstance(give_scores(session, members[0], question, {first: (2, "")}, now), Refused)
    assert counted(session, question) == [(first, 5, 2)]
    done(close_question(session, manager, panel, question, now))
    session.delete(members[1])  # forgotten, long after
    session.commit()
    assert counted(session, question) == [(first, 5, 2)]
    assert session.scalar(select(func.count()).select_from(PanelInterest)) == 2


def test_a_question_is_changed_until_it_is_open_and_an_option_keeps_its_number(
    session: Session, panel: Buurtpanel, members: list[PanelPerson], manager: Actor
) -> None:
    question, now = a_question(session, panel, opened=False), now_of(session)
    before = {option.name: option.id for option in question.options}
    names = ["Ontwerp Eik", "Ontwerp Es", "Ontwerp Beuk"]
    done(write_question(session, manager, panel, question, "Welk ontwerp?", names, now))
    session.commit()
    assert [option.name for option in question.options] == names
    assert {option.name: option.id for option in question.options}.items() >= before.items()
    done(open_question(session, manager, panel, question, now))
    verdict = write_question(session, manager, panel, question, "Anders?", ["A"], now)
    assert verdict == refused(Refusal.SCORES_FROZEN)


def test_how_much_waits_until_which_is_closed_where_the_rules_say_so(session: Session) -> None:
    botu = PanelTerms(40, ("netwerk",), which_before_how_much=True)
    panel = a_panel(session, traject=a_traject(session, rules=replace(USUAL_RULES, panel=botu)))
    seated(session, panel)
    which, how_much = a_question(session, panel), a_question(session, panel, opened=False)
    manager, now = runs_all(a_wijkmanager(session)), now_of(session)
    verdict = open_question(session, manager, panel, how_much, now)
    assert verdict == refused(Refusal.QUESTION_BEFORE_OPEN)
    done(close_question(session, manager, panel, which, now))
    assert done(open_question(session, manager, panel, how_much, now)).is_open()


def test_ten_times_the_same_member_at_once_leaves_one_score(
    engine: Engine, session: Session, clock: TurnableClock, panel: Buurtpanel, members: list[PanelPerson]
) -> None:
    question, member = a_question(session, panel), members[0]
    no_interest(session, member)
    ids = member.id, question.id, question.options[0].id
    session.commit()

    def give(own: Session, place: int) -> object:
        person, asked = own.get_one(PanelPerson, ids[0]), own.get_one(ScoreQuestion, ids[1])
        return give_scores(own, person, asked, {ids[2]: (1 + place % 5, "")}, clock.now)

    answers = all_at_once(engine, give, 10)
    assert not any(isinstance(answer, Refused) for answer in answers)
    assert session.scalar(select(func.count()).select_from(PanelScore)) == 1


# Interests


def test_who_has_an_interest_in_an_option_gives_it_no_score_and_loses_the_one_they_gave(
    session: Session, panel: Buurtpanel, members: list[PanelPerson]
) -> None:
    question, member, now = a_question(session, panel), members[0], now_of(session)
    draft = a_question(session, panel, ("Nog geheim",), opened=False)
    beech, oak = (option.id for option in question.options)
    no_interest(session, member)
    done(give_scores(session, member, question, {beech: (5, ""), oak: (1, "")}, now))
    tells = {"text": "Ik lever de beuken.", "is_public": True, "now": now}
    chosen = [beech, draft.options[0].id, 99999999]
    said = done(declare_interest(session, member, has_interest=True, option_ids=chosen, **tells))  # type: ignore[arg-type]
    assert [each.option_id for each in said.in_options] == [beech], "only what is on the table"
    assert [row.option_id for row in session.scalars(scores_by(member.id))] == [oak]
    verdict = give_scores(session, member, question, {beech: (5, "")}, now)
    assert verdict == refused(Refusal.INTEREST_IN_OPTION)
    verdict = declare_interest(session, member, has_interest=True, option_ids=[], text=" ", is_public=False, now=now)
    assert verdict == refused(Refusal.INTEREST_WITHOUT_WORDS)
    no_interest(session, member)
    assert session.scalar(select(func.count()).select_from(InterestInOption)) == 0
    assert (said.text, said.is_public) == ("", False), "what was said before is not kept"


def test_what_a_member_said_in_private_goes_with_the_names(
    session: Session, panel: Buurtpanel, members: list[PanelPerson]
) -> None:
    now = now_of(session)
    for member, is_public in zip(members, (True, False), strict=False):
        told = {"text": "Ik woon ernaast.", "is_public": is_public, "option_ids": (), "now": now}
        done(declare_interest(session, member, has_interest=True, **told))  # type: ignore[arg-type]
    panel.status = PanelStatus.CLOSED
    session.add(PanelStep(panel_id=panel.id, status=PanelStatus.CLOSED, reason="", at=now))
    session.commit()
    assert forget_due_pools(session, now + timedelta(days=90)) == 1
    session.expire_all()
    assert sorted(session.scalars(select(PanelInterest.text))) == ["", "Ik woon ernaast."]
