"""Every address asked by everybody: who are they, what does the table say, and what is wrong with an answer?

The addresses come from the app itself, so a new one is walked without a change here; a parameter of a new name
gets its value in `_values`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from participatie.actions.disputes import raise_dispute
from participatie.actions.pictures import SMALL
from participatie.actions.translating import offer_translation
from participatie.actions.votes import start_visit
from participatie.models.accounts import Account
from participatie.models.content_translations import original_in
from participatie.models.meetings import MeetingSource
from participatie.models.trajecten import Phase
from participatie.models.votes import CodeBatch
from participatie.models.wijkbudget import Round
from participatie.spelregels.ideas import Test
from participatie.spelregels.levels import Level
from participatie.spelregels.meetings import MeetingKind
from participatie.spelregels.permissions import GRANTED, NOBODY, TABLE, Actor, Do, Place, Role, may
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import DisputeKind
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.web.access import Audience
from participatie.web.refusals import SENTENCES, sentence
from tests.blueprints.cells import CELLS, differ, is_sampled
from tests.blueprints.full_world import a_published_round, somebody
from tests.factories import (
    a_gemeente,
    a_login,
    a_resident,
    a_round,
    a_traject,
    an_account,
    an_idea,
    codes,
    done,
    now_of,
)
from tests.factories.ledger import kept_of
from tests.factories.moderation import an_open_merge, an_organisation
from tests.factories.panel_work import a_meeting, a_question
from tests.factories.panels import a_member, a_panel, seated
from tests.factories.paper import a_mismatch
from tests.factories.photos import a_photo
from tests.factories.promises import a_promise
from tests.factories.telling import a_stop_token

ELSEWHERE = "wijkmanager van elders"
EVERYBODY: tuple[str, ...] = (
    Role.VISITOR, Role.ACCOUNT, Role.RESIDENT, Role.AUTHOR, Role.VOTER, Role.PANEL_MEMBER, *GRANTED, ELSEWHERE,
)  # fmt: skip
#: Who asked for no code has none to type, whoever they are; the others are open to all and end something.
#: What is a page too is asked as a page: its PDF shows the same to the same people, and takes ten times as long.
APART = frozenset(
    {
        "accounts.enter_code",
        "accounts.log_out",
        "votes.leave",
        "panel_seats.leave",
        "wijkkrant.poster_pdf",
    }
    | {f"wijkkrant.{kind}_of_{place}" for kind in ("pdf", "letter_pdf") for place in ("wijk", "traject")}
)
#: What is done with the code of a panel, and by nobody else.
BY_CODE = frozenset({Do.ANSWER_INVITATION, Do.TAKE_SEAT, Do.GIVE_SCORE})
LOG_IN_FIRST = refused(Refusal.LOG_IN_FIRST)
OF_THE_TABLE = (
    Refusal.NOT_YOUR_ROLE, Refusal.NOT_YOUR_AREA, Refusal.NO_PHASE_OPEN, Refusal.WRONG_PHASE, Refusal.LEVEL_TOO_LOW,
)  # fmt: skip

Access = Audience | Do


@dataclass(frozen=True, slots=True)
class Asked:
    """One address and one way to ask it."""

    rule: Rule
    method: str
    access: Access

    def __str__(self) -> str:
        """Read as in a log."""
        return f"{self.method} {self.rule.rule}"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a browser. `account` is None for a visitor, and for a voter who showed a code."""

    name: str
    account: Account | None
    actor: Actor
    client: FlaskClient


def addresses(app: Flask) -> Iterator[Asked]:
    """Every address with each way to ask it that it knows."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.endpoint in APART:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield Asked(rule, method, app.view_functions[rule.endpoint].access)  # type: ignore[attr-defined]


class Walk:
    """A traject of which one phase runs, with one of everything that an address names, and everybody."""

    def __init__(self, app: Flask, session: Session) -> None:
        """Make the world: a vote that is open, an idea of somebody, a dispute, a besluit of an earlier round."""
        self.app, self.session = app, session
        _published, besluit = a_published_round(session)
        author = a_resident(session)
        traject = a_traject(session, phase=PhaseKind.VOTE)
        idea = an_idea(session, traject, author=author)
        idea.status = "niet toegelaten"  # answered, so that the vote can open
        session.commit()
        self.round = a_round(session, traject=traject)
        idea.status = "gepubliceerd"
        self.traject, self.idea = traject, idea
        self.phase: Phase = next(phase for phase in traject.phases if phase.kind is PhaseKind.VOTE)
        text = "Wij zijn niet gehoord."
        dispute = done(raise_dispute(session, author, traject, DisputeKind.DISPUTE, text, now_of(session)))
        helper, texts = somebody(session, Role.HELPER), original_in(idea).texts
        offer = done(offer_translation(session, helper.actor(), idea, "en", texts, now_of(session)))
        photo = a_photo(session, idea)
        self.panel = a_panel(session, traject=traject)
        (member, self._member_code), *_others = seated(session, self.panel)
        evening, question = a_meeting(session, self.panel), a_question(session, self.panel)
        organisation = an_organisation(session, [traject.area], [somebody(session)])
        merge = an_open_merge(session, an_idea(session, traject), idea)
        now = now_of(session)
        meeting = MeetingSource(
            traject=traject, name="Café", on_day=now.date(), place="Hier", kind=MeetingKind.CAFE, made_at=now
        )
        session.add(meeting)
        session.commit()
        self.values: Mapping[str, object] = {
            "idea_id": idea.id, "asked": "idee", "thing_id": idea.id, "number": 1, "area_id": traject.area_id, "besluit_id": besluit.id,
            "translation_id": offer.id,
            "organisation_id": organisation.id, "account_id": organisation.members[0].account_id, "merge_id": merge.id,
            "token": a_stop_token(session, author, traject),
            "meeting_id": meeting.id, "turn": 1,
            "entry_id": kept_of(session, self.round.plans[0], photo.id).id, "promise_id": a_promise(session, traject.area, traject).id,
            "photo_id": photo.id, "digest": photo.digest, "size": SMALL,
            "batch_id": _any_batch(session, self.round), "stack_id": a_mismatch(session, self.round).stack_id,
            "phase_id": self.phase.id, "position": self.phase.position, "opening": 1, "dispute_id": dispute.id,
            "test": Test.PUBLIC_INTEREST.name.lower(), "name": "zwolle", "preset": "zwolle", "lot": "leden-1",
            "person_id": member.id, "question_id": question.id,
        }  # fmt: skip
        self._of_panel = {"meeting_id": evening.id}
        self._slugs = {"/trajecten": traject.slug, "/buurtpanels": self.panel.slug, "": self.round.slug}
        self.area_path, self.gemeente_path = traject.area.path, a_gemeente(session).gemeente.path
        self.place = Place(self.area_path)
        self._differing: dict[tuple[str, str], bool] = {}
        self.people = [self._person(name, author) for name in EVERYBODY]
        session.commit()

    def stand(self, level: Level, kind: PhaseKind) -> None:
        """Let the running phase be of this kind and level, whatever a plan would say of it."""
        self.phase.level, self.phase.kind = level, kind
        self.traject.touch()
        self.place = self.traject.facts().place_at(now_of(self.session))
        self.session.commit()

    def url(self, asked: Asked) -> str:
        """Return an address of something that is there."""
        slug = next(slug for start, slug in self._slugs.items() if asked.rule.rule.startswith(start))
        given = {**self.values, "slug": slug}
        if slug == self._slugs["/buurtpanels"]:  # asking the panel itself would read it again, and lock
            given |= self._of_panel
        unknown = asked.rule.arguments - given.keys()
        assert not unknown, f"{asked.rule.rule}: give {unknown} a value in tests/blueprints/walk.py"
        chosen = {name: given[name] for name in asked.rule.arguments}
        return self.app.url_map.bind("localhost").build(asked.rule.endpoint, chosen)

    def is_asked(self, asked: Asked, person: Person, turn: int, cell: int) -> bool:
        """Tell whether to ask this here: an act wherever its answer differs, all else in two cells, other ones each turn."""
        if asked.method == "POST":
            key = (asked.rule.endpoint, person.name)
            if key not in self._differing:
                self._differing[key] = self._differs(asked, person)
            if self._differing[key]:
                return True
        return is_sampled(turn, cell)

    def _differs(self, asked: Asked, person: Person) -> bool:
        if not isinstance(asked.access, Do) or TABLE[asked.access].timeless or not asked.rule.arguments:
            return False
        return differ(self.expected(asked, person, Place(self.area_path, kind, level)) for level, kind in CELLS)

    def expected(self, asked: Asked, person: Person, place: Place | None = None) -> Refused | None:
        """Return what the table says to this person, or None when they may; at `place`, or where it is now."""
        who, access = person.actor, asked.access
        if isinstance(access, Do):
            is_author = "idea_id" in asked.rule.arguments and person.name == Role.AUTHOR
            is_voter = asked.rule.rule.startswith("/stemmen") and who.is_voter
            place = place or self._place(asked, who)
            sits = asked.rule.rule.startswith("/buurtpanels") and access in BY_CODE and who.is_panel_member
            verdict = may(replace(who, is_author=is_author, is_voter=is_voter, is_panel_member=sits), access, place)
            return verdict if isinstance(verdict, Refused) else None
        if access is not Audience.EVERYONE and who.account_id is None:
            return LOG_IN_FIRST
        if asked.rule.endpoint == "moderation.overview" and person.name != Role.MODERATOR:
            roles = Role.MODERATOR if who.grants else f"{Role.MODERATOR}, {Role.WIJKMANAGER}"
            return refused(Refusal.NOT_YOUR_ROLE, roles=roles)
        if access is Audience.STAFF and not who.grants:
            return refused(Refusal.NOT_YOUR_ROLE, roles=f"{Role.MODERATOR}, {Role.WIJKMANAGER}")
        return None

    def _place(self, asked: Asked, who: Actor) -> Place:
        here = {"slug", "idea_id", "thing_id", "organisation_id", "besluit_id", "translation_id"}
        if asked.access in (Do.ISSUE_RESIDENCE_CODES, Do.RECORD_PROMISE) or asked.rule.arguments & here:
            return self.place
        if asked.access in (Do.MANAGE_TRAJECT, Do.MANAGE_ORGANISATION):  # a new one, in an area of one's own
            mine = (held.area_path for held in who.grants if held.role in TABLE[asked.access].roles)
            return Place(next(mine, self.gemeente_path))
        return Place(self.gemeente_path)

    def flaw(self, asked: Asked, person: Person) -> str | None:
        """Ask, and say how the answer differs from the table, if it does."""
        verdict = self.expected(asked, person)
        answer = person.client.open(self.url(asked), method=asked.method)
        status, target, text = (
            answer.status_code,
            answer.headers.get("Location", ""),
            answer.get_data().decode(errors="replace"),
        )
        to_login = status in (302, 303) and target.startswith("/inloggen")
        if verdict is None:
            told = [code.name for code in OF_THE_TABLE if status == 403 and _start_of(code) in text]
            return f"allowed, but {status} {target} {told}" if to_login or told or status >= 500 else None
        # Whoever shows no code is asked for it, whoever they are.
        if asked.access is Do.CAST_BALLOT and not person.actor.is_voter:
            return None if status == 303 and target.startswith("/stemmen/") else f"{status} and no code was asked"
        if asked.access in BY_CODE and not person.actor.is_panel_member:
            return None if status == 303 and "/code" in target else f"{status} and no code was asked"
        if verdict.code is Refusal.LOG_IN_FIRST:
            return None if to_login else f"{status} and not to the login page"
        with self.app.test_request_context():
            said = sentence(verdict)
        return None if status == 403 and said in text else f"{status} and not '{said}'"

    def _person(self, name: str, author: Account) -> Person:
        account = self._account(name, author)
        client = self.app.test_client()
        if account is not None:
            with client.session_transaction() as cookie:
                cookie.update(_user_id=a_login(self.session, account), _fresh=True)
        if name == Role.VOTER:
            [code] = codes(self.session, self.round, 1)
            with client.session_transaction() as cookie:
                visit = start_visit(self.session, self.round.id)
                cookie["stem"] = {"round": self.round.id, "selector": code.selector, "visit": visit}
            return Person(name, None, Actor(is_voter=True), client)
        if name == Role.PANEL_MEMBER:
            member = a_member(self.app, self.panel, self._member_code)
            return Person(name, None, Actor(is_panel_member=True), member.client)
        return Person(name, account, account.actor() if account else NOBODY, client)

    def _account(self, name: str, author: Account) -> Account | None:
        match name:
            case Role.VISITOR | Role.VOTER | Role.PANEL_MEMBER:
                return None
            case Role.ACCOUNT:
                return an_account(self.session)
            case Role.AUTHOR:
                return author
            case Role.RESIDENT:
                return a_resident(self.session)
            case _:
                return somebody(self.session, Role.WIJKMANAGER if name == ELSEWHERE else Role(name), name == ELSEWHERE)


def _any_batch(session: Session, budget_round: Round) -> int:
    return session.scalars(select(CodeBatch.id).where(CodeBatch.round_id == budget_round.id)).first() or 0


def _start_of(code: Refusal) -> str:
    return str(SENTENCES[code]._args[0]).split("%(", maxsplit=1)[0]
