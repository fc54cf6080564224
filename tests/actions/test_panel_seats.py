"""Seats are taken, given up and filled by the lot; codes are tried in vain; who sat on a panel rests."""

from datetime import timedelta

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.closing import close_panel
from participatie.actions.buurtpanels.coming_in import come_in
from participatie.actions.buurtpanels.resting import forget_rests, is_resting
from participatie.actions.buurtpanels.seats import confirm_for, confirm_seat, fill_seat, give_up_for, give_up_seat
from participatie.actions.buurtpanels.without_lot import begin_without_lot, seat_registered, seat_without_lot
from participatie.models.buurtpanels import (
    Buurtpanel,
    PanelAnswer,
    PanelChange,
    PanelGuess,
    PanelPerson,
    PanelRest,
    WithoutAdvice,
    changes_of,
    seated_on,
)
from participatie.models.outbox import OutboxMail
from participatie.spelregels.buurtpanels.members import LeaveReason, MemberStatus, Recruitment
from participatie.spelregels.buurtpanels.opening import PanelStatus, QuotaRule
from participatie.spelregels.buurtpanels.registration import Told
from participatie.spelregels.buurtpanels.seats import SeatChannel
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.permissions import Actor
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.votes import GUESSES_PER_HOUR, WRONG_CODES_PER_HOUR
from tests.actions.test_races import all_at_once
from tests.clock import TurnableClock
from tests.factories import SECRET_KEY, a_wijkmanager, done
from tests.factories.panels import a_panel, registered, seated

MEMBER = Actor(is_panel_member=True)
FEATURES = {"leeftijd": "tot 40", "woning": "huur"}
ZOE = Told("Zoë Jansen", FEATURES, phone="0612345678")
PHONE, MOVED = SeatChannel.PHONE, LeaveReason.MOVED


def rows(session: Session, row: type) -> int:
    return session.scalar(select(func.count()).select_from(row)) or 0


def mails(session: Session) -> list[tuple[str, str]]:
    return [(mail.template, mail.recipient) for mail in session.scalars(select(OutboxMail).order_by(OutboxMail.id))]


def test_the_right_code_comes_in_however_often_wrong_ones_were_tried(session: Session, clock: TurnableClock) -> None:
    panel = a_panel(session)
    [(person, code), (other, _code)] = registered(session, panel, 2)
    wrong = VotingCode(code.selector, "0" * 10)
    answers = [come_in(session, panel, str(wrong), SECRET_KEY, clock.now) for _ in range(GUESSES_PER_HOUR + 1)]
    assert answers[0] == refused(Refusal.PANEL_CODE_WRONG)
    assert answers[-1] == refused(Refusal.TOO_MANY_GUESSES, limit=GUESSES_PER_HOUR)
    unknown = VotingCode("ZZZZZZ", "0" * 10)
    assert come_in(session, panel, str(unknown), SECRET_KEY, clock.now) == refused(Refusal.PANEL_CODE_WRONG)
    # The code of one member with the selector of another, and a code of another panel, are wrong too.
    mixed = VotingCode(other.selector, code.verifier)
    assert isinstance(come_in(session, panel, str(mixed), SECRET_KEY, clock.now), Refused)
    elsewhere = a_panel(session)
    assert isinstance(come_in(session, elsewhere, str(code), SECRET_KEY, clock.now), Refused)
    assert come_in(session, panel, str(code).lower(), SECRET_KEY, clock.now) is person
    # A slip of the pen is caught by the check character, and costs nobody a try.
    before = rows(session, PanelGuess)
    assert come_in(session, panel, "ABC", SECRET_KEY, clock.now) == refused(Refusal.PANEL_CODE_WRONG)
    assert rows(session, PanelGuess) == before


def test_a_panel_that_is_tried_too_often_says_so_and_the_next_hour_counts_anew(
    session: Session, clock: TurnableClock
) -> None:
    panel = a_panel(session)
    [(person, code)] = registered(session, panel, 1)
    wrong = str(VotingCode("ZZZZZZ", "0" * 10))
    come_in(session, panel, wrong, SECRET_KEY, clock.now)
    session.execute(
        PanelGuess.__table__.update().where(PanelGuess.selector == "*").values(failures=WRONG_CODES_PER_HOUR)
    )
    assert come_in(session, panel, wrong, SECRET_KEY, clock.now) == refused(Refusal.PANEL_CODES_TOO_MANY)
    assert come_in(session, panel, str(code), SECRET_KEY, clock.now) is person
    clock.forward(hours=1)
    assert come_in(session, panel, wrong, SECRET_KEY, clock.now) == refused(Refusal.PANEL_CODE_WRONG)
    assert set(session.scalars(select(PanelGuess.failures))) == {1}, "counts of an hour that is over go"


def test_a_member_takes_a_seat_once_and_gives_it_up_with_a_reason(session: Session, clock: TurnableClock) -> None:
    panel = a_panel(session)
    (first, _code), (second, _other), *_rest = seated(session, panel, confirmed=False)
    assert confirm_seat(session, MEMBER, first, SECRET_KEY, clock.now) is first
    assert confirm_seat(session, MEMBER, first, SECRET_KEY, clock.now) == refused(Refusal.MEMBER_NOT_THERE)
    # Whoever answers did not fail to answer.
    silent = give_up_seat(session, MEMBER, second, LeaveReason.NO_ANSWER, "", clock.now)
    assert silent == refused(Refusal.MEMBER_NOT_THERE)
    declined = done(give_up_seat(session, MEMBER, second, LeaveReason.NO_TIME, "Ik werk in ploegen.", clock.now))
    left = done(give_up_seat(session, MEMBER, first, MOVED, "", clock.now))
    assert (first.status, second.status) == (MemberStatus.LEFT, MemberStatus.DECLINED)
    assert (declined.left_leaf, declined.reason, declined.joined_leaf) == (second.leaf, LeaveReason.NO_TIME, None)
    assert "ploegen" not in f"{declined.explanation}{left.explanation}", "what was said in private is not public"
    assert [template for template, _to in mails(session)] == ["panel_replaced", "panel_replaced"]


def test_staff_writes_down_what_it_heard_and_waits_for_the_term(session: Session, clock: TurnableClock) -> None:
    panel, manager = a_panel(session), a_wijkmanager(session).actor()
    (first, _a), (second, _b), (third, _c), *_rest = seated(session, panel, confirmed=False)
    done(confirm_for(session, manager, first, PHONE, SECRET_KEY, clock.now))
    answer = session.scalars(select(PanelAnswer)).one()
    assert (answer.channel, answer.by_id) == (PHONE, manager.account_id)
    silence = LeaveReason.NO_ANSWER
    early = give_up_for(session, manager, second, silence, PHONE, clock.now)
    assert early == refused(Refusal.STILL_TIME_TO_ANSWER, days=14)
    clock.forward(days=14)
    done(give_up_for(session, manager, second, silence, PHONE, clock.now))
    assert isinstance(give_up_for(session, MEMBER, third, MOVED, PHONE, clock.now), Refused)
    assert isinstance(confirm_for(session, manager, third, SeatChannel.WEB, SECRET_KEY, clock.now), Refused)
    assert third.status is MemberStatus.DRAWN


def test_the_seat_goes_to_the_first_reserve_with_whom_the_quotas_hold(session: Session, clock: TurnableClock) -> None:
    """The first of the reserve list would be the fifth of one age, so the next one is asked."""
    panel, manager = a_panel(session), a_wijkmanager(session).actor()
    made = seated(session, panel, reserves=4)
    members, reserves = [person for person, _code in made[:6]], [person for person, _code in made[6:]]
    younger = [person.features["leeftijd"] == "tot 40" for person in members]
    assert younger == [True, True, False, False, True, True]
    # Somebody older leaves: with one of tot 40 there would be five of them, above the four that were agreed.
    change = done(give_up_seat(session, MEMBER, members[2], MOVED, "", clock.now))
    reserves[0].features = reserves[1].features = {"leeftijd": "tot 40", "woning": "huur"}
    reserves[2].features = {"leeftijd": "vanaf 40", "woning": "huur"}
    filled = done(fill_seat(session, manager, panel, change.id, clock.now))
    assert (filled.joined_leaf, filled.breaks) == (reserves[2].leaf, [])
    assert reserves[2].status is MemberStatus.DRAWN
    assert [(template, to) for template, to in mails(session)][-1] == ("panel_drawn", reserves[2].email)
    # The same seat is not filled twice.
    assert fill_seat(session, manager, panel, change.id, clock.now) == refused(Refusal.MEMBER_NOT_THERE)


def test_where_no_reserve_keeps_the_quotas_the_page_can_say_which_one_gave_way(
    session: Session, clock: TurnableClock
) -> None:
    panel, manager = a_panel(session), a_wijkmanager(session).actor()
    made = seated(session, panel, reserves=1)
    members, [reserve] = [person for person, _code in made[:6]], [person for person, _code in made[6:]]
    change = done(give_up_seat(session, MEMBER, members[2], MOVED, "", clock.now))
    reserve.features = {"leeftijd": "tot 40", "woning": "huur"}
    filled = done(fill_seat(session, manager, panel, change.id, clock.now))
    assert filled.joined_leaf == reserve.leaf
    assert {(broken[0], broken[1]) for broken in filled.breaks} >= {("leeftijd", "tot 40")}
    another = done(give_up_seat(session, MEMBER, members[3], MOVED, "", clock.now))
    assert fill_seat(session, manager, panel, another.id, clock.now) == refused(Refusal.NO_RESERVE_LEFT)


def test_two_who_fill_one_seat_at_once_ask_one_reserve(engine: Engine, session: Session, clock: TurnableClock) -> None:
    panel, manager = a_panel(session), a_wijkmanager(session).actor()
    made = seated(session, panel)
    changes = [done(give_up_seat(session, MEMBER, person, MOVED, "", clock.now)).id for person, _code in made[:2]]
    panel_id = panel.id
    session.commit()

    def press(own: Session, _place: int) -> object:
        return fill_seat(own, manager, own.get_one(Buurtpanel, panel_id), changes[0], clock.now)

    answers = all_at_once(engine, press, 4)
    assert sum(isinstance(answer, PanelChange) for answer in answers) == 1
    assert answers.count(refused(Refusal.MEMBER_NOT_THERE)) == 3
    session.expire_all()
    assert len(session.scalars(seated_on(panel_id)).all()) == 5
    assert [change.joined_leaf is None for change in session.scalars(changes_of(panel_id))] == [False, True]


def test_nobody_is_seated_past_a_reserve_nor_above_the_seats(session: Session, clock: TurnableClock) -> None:
    panel, manager = a_panel(session), a_wijkmanager(session).actor()
    made = seated(session, panel, reserves=1)

    def add(source: Recruitment = Recruitment.NETWORK) -> object:
        return seat_without_lot(session, manager, panel, ZOE, source, PHONE, SECRET_KEY, clock.now, consents=True)

    assert add() == refused(Refusal.SEATS_TAKEN, seats=6)
    change = done(give_up_seat(session, MEMBER, made[0][0], MOVED, "", clock.now))
    assert add() == refused(Refusal.RESERVES_FIRST)
    session.execute(delete(PanelPerson).where(PanelPerson.id == made[6][0].id))
    assert add(Recruitment.LOT) == refused(Refusal.MEMBER_NOT_THERE)
    person = done(add()).person
    assert (person.status, change.joined_leaf) == (MemberStatus.CONFIRMED, person.leaf)
    # Pressed twice, without an address that tells households apart.
    done(give_up_seat(session, MEMBER, made[1][0], MOVED, "", clock.now))
    assert add() == refused(Refusal.PANEL_REGISTERED_TWICE)


def test_a_panel_of_networks_begins_with_a_reason_and_seats_who_registered(
    session: Session, clock: TurnableClock
) -> None:
    panel, manager = a_panel(session), a_wijkmanager(session).actor()
    [(person, _code)] = registered(session, panel, 1)
    person.source = Recruitment.NETWORK
    assert isinstance(seat_registered(session, manager, person, PHONE, SECRET_KEY, clock.now), Refused)
    step = done(begin_without_lot(session, manager, panel, " De commissie bestond al. ", clock.now))
    assert (panel.status, step.reason) == (PanelStatus.SITTING, "De commissie bestond al.")
    assert done(seat_registered(session, manager, person, PHONE, SECRET_KEY, clock.now)) is person
    assert session.scalars(select(PanelAnswer)).one().without_lot
    assert isinstance(begin_without_lot(session, manager, panel, "Nog eens.", clock.now), Refused)


def test_who_takes_a_seat_rests_for_the_years_of_the_panel_and_is_kept_as_a_hash(
    session: Session, clock: TurnableClock
) -> None:
    panel = a_panel(session, rest_years=2)
    person = seated(session, panel, confirmed=False)[0][0]
    person.name, person.address, person.postcode = "Zoë Jansen", "Molenstraat 12 a", "1234 AB"
    done(confirm_seat(session, MEMBER, person, SECRET_KEY, clock.now))
    rest = session.scalars(select(PanelRest)).one()
    assert "jansen" not in rest.person_hash.lower()

    def rests(where: Buurtpanel = panel, name: str = "zoë  JANSEN", address: str = "Molenstraat 12A") -> bool:
        return is_resting(session, where, name, "1234ab", address, SECRET_KEY, clock.now)

    assert rests()
    assert not rests(name="Piet Jansen")
    assert not rests(address="Molenstraat 14")
    assert not rests(where=a_panel(session)), "a panel without a rest period takes everybody"
    clock.turn_to(clock.now.replace(year=clock.now.year + 2) - timedelta(days=1))
    assert rests()
    assert forget_rests(session, clock.now) == 0
    clock.forward(days=1)
    assert not rests()
    assert (forget_rests(session, clock.now), rows(session, PanelRest)) == (1, 0)


def test_a_panel_closes_with_its_advice_and_forgets_what_was_said_in_private(
    session: Session, clock: TurnableClock
) -> None:
    panel, manager = a_panel(session), a_wijkmanager(session).actor()
    (first, _a), (second, _b), *_rest = seated(session, panel)
    done(give_up_seat(session, MEMBER, second, LeaveReason.ILLNESS, "Een operatie.", clock.now))
    assert close_panel(session, manager, panel, clock.now) == refused(Refusal.ADVICE_MISSING)
    session.add(WithoutAdvice(panel_id=panel.id, reason="De vraag verviel.", at=clock.now, by_id=manager.account_id))
    first.status = MemberStatus.DRAWN
    session.flush()
    assert close_panel(session, manager, panel, clock.now) == refused(Refusal.SEATS_UNANSWERED, waiting=1)
    done(confirm_seat(session, MEMBER, first, SECRET_KEY, clock.now))
    done(close_panel(session, manager, panel, clock.now))
    assert panel.status is PanelStatus.CLOSED
    assert set(session.scalars(select(PanelAnswer.note).execution_options(populate_existing=True))) == {""}
    assert isinstance(give_up_seat(session, MEMBER, first, MOVED, "", clock.now), Refused)


def test_where_the_quotas_leave_all_free_the_order_of_the_lot_decides(session: Session, clock: TurnableClock) -> None:
    quotas = (QuotaRule("wie", "iedereen", 0, 3),)
    panel, manager = a_panel(session, seats=3, quotas=quotas), a_wijkmanager(session).actor()
    made = seated(session, panel, reserves=2)
    order = []
    for person, _code in made[:2]:
        change = done(give_up_seat(session, MEMBER, person, MOVED, "", clock.now))
        order.append(done(fill_seat(session, manager, panel, change.id, clock.now)).joined_leaf)
    assert order == [person.leaf for person, _code in made[3:]]
