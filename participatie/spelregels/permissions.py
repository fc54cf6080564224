"""Who may do what, at which level, in which phase? One table; routes, actions and templates read it.

`tests/spelregels/who_may_do_what.txt` is generated from it, so that a change of
rights shows as a diff; the public page *Spelregels* is rendered from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from participatie.spelregels.acts import Do
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import OPEN_TO_INPUT, PhaseKind
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused

__all__ = [
    "AS_ADVICE", "GRANTED", "NOBODY", "OPERATOR", "TABLE", "Actor", "Do", "Grant", "Place", "Role", "Rule", "may",
    "may_be_given", "rule", "table_lines",
]  # fmt: skip


class Role(StrEnum):
    """Who somebody is towards one place. A person may have several roles at once."""

    VISITOR = "bezoeker"
    ACCOUNT = "ingelogde bezoeker"
    RESIDENT = "bewoner"
    AUTHOR = "indiener"
    VOTER = "kiezer"
    PANEL_MEMBER = "panellid"
    HELPER = "helper"
    MODERATOR = "moderator"
    ASSESSOR = "toetser"
    WIJKMANAGER = "wijkmanager"
    COLLEGE = "college"
    RAAD = "raad"
    BEHEERDER = "beheerder"


#: Roles that are granted for an area; the others follow from who somebody is.
GRANTED = (Role.HELPER, Role.MODERATOR, Role.ASSESSOR, Role.WIJKMANAGER, Role.COLLEGE, Role.RAAD, Role.BEHEERDER)


def may_be_given(role: Role) -> Verdict:
    """Refuse a role that nobody is given: a resident, an author or a voter is one by what they do."""
    return Allowed() if role in GRANTED else refused(Refusal.ROLE_NOT_GIVEN)


ANY_LEVEL = Level.MEEWETEN
ANY_PHASE = frozenset(PhaseKind)


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: these roles, in these phases, from this level up.

    `timeless` acts need no running phase at all; they belong to running the
    traject and not to taking part in it.
    """

    roles: frozenset[Role]
    during: frozenset[PhaseKind]
    level: Level
    timeless: bool


def rule(*roles: Role, during: tuple[PhaseKind, ...] = (), level: Level = ANY_LEVEL) -> Rule:
    """Read aloud: these roles may, during these phases (none named: at any time), from this level up."""
    return Rule(frozenset(roles), frozenset(during) or ANY_PHASE, level, timeless=not during)


INPUT = tuple(kind for kind in PhaseKind if kind in OPEN_TO_INPUT)
UNTIL_ADMITTED = (*INPUT, PhaseKind.ASSESS)
#: Taking part goes on while a plan is carried out.
JOINING = (PhaseKind.COLLECT, PhaseKind.ASSESS, PhaseKind.EXECUTE)

TABLE: dict[Do, Rule] = {
    Do.FOLLOW: rule(Role.ACCOUNT),
    Do.SUBMIT_IDEA: rule(Role.RESIDENT, during=INPUT, level=Level.MEEDENKEN),
    Do.ENTER_IDEA: rule(Role.HELPER, Role.MODERATOR, during=INPUT, level=Level.MEEDENKEN),
    Do.SUPPORT_IDEA: rule(Role.RESIDENT, during=INPUT, level=Level.MEEDENKEN),
    Do.JOIN_IDEA: rule(Role.RESIDENT, during=JOINING, level=Level.MEEDOEN),
    Do.WITHDRAW_IDEA: rule(Role.AUTHOR, during=UNTIL_ADMITTED, level=Level.MEEDENKEN),
    Do.ADD_PHOTO: rule(Role.AUTHOR, during=UNTIL_ADMITTED, level=Level.MEEDENKEN),
    # What somebody showed of themselves or others may go at any time.
    Do.REMOVE_PHOTO: rule(Role.AUTHOR, Role.MODERATOR),
    # A place can be mended at any time; until when by its author, the rules of places say.
    Do.PLACE_IDEA: rule(Role.AUTHOR, Role.WIJKMANAGER),
    Do.HIDE_IDEA: rule(Role.MODERATOR),
    Do.RESTORE_IDEA: rule(Role.MODERATOR),
    Do.JUDGE_IDEA: rule(Role.MODERATOR, Role.WIJKMANAGER),
    Do.APPEAL_HIDING: rule(Role.AUTHOR),
    Do.JUDGE_APPEAL: rule(Role.MODERATOR, Role.WIJKMANAGER, Role.COLLEGE),
    Do.MERGE_IDEAS: rule(Role.AUTHOR, Role.MODERATOR, during=UNTIL_ADMITTED, level=Level.MEEDENKEN),
    Do.MARK_LANGUAGE: rule(Role.AUTHOR, Role.MODERATOR),
    Do.MANAGE_ORGANISATION: rule(Role.WIJKMANAGER, Role.BEHEERDER),
    Do.ASSESS_IDEA: rule(Role.ASSESSOR, during=UNTIL_ADMITTED, level=Level.MEEDENKEN),
    # An answer is owed for as long as it was not given, so a phase that is over does not take it away.
    Do.ANSWER_IDEA: rule(Role.WIJKMANAGER),
    Do.ADMIT_IDEA: rule(Role.WIJKMANAGER, during=UNTIL_ADMITTED, level=Level.MEEDENKEN),
    Do.HAND_OVER_ANSWER: rule(Role.WIJKMANAGER, Role.COLLEGE),
    Do.STAND_BESIDE_IDEA: rule(Role.WIJKMANAGER, Role.ASSESSOR),
    Do.OVERRIDE_TEST: rule(Role.WIJKMANAGER, Role.ASSESSOR, Role.COLLEGE, during=UNTIL_ADMITTED, level=Level.MEEDENKEN),
    # Whoever is to read something, may help others to read it: at any time, and at any level.
    Do.OFFER_TRANSLATION: rule(Role.RESIDENT, Role.HELPER),
    Do.JUDGE_TRANSLATION: rule(Role.MODERATOR),
    Do.TELL_ABOUT_SELF: rule(Role.RESIDENT, during=INPUT, level=Level.MEEDENKEN),
    Do.RAISE_DISPUTE: rule(Role.RESIDENT, Role.MODERATOR),
    Do.ANSWER_DISPUTE: rule(Role.COLLEGE),
    Do.READ_BALANCE: rule(Role.MODERATOR, Role.WIJKMANAGER, Role.COLLEGE, Role.RAAD),
    Do.ACT_ON_BALANCE: rule(Role.MODERATOR, Role.WIJKMANAGER),
    Do.MANAGE_TRAJECT: rule(Role.WIJKMANAGER),
    Do.CHANGE_LEVEL: rule(Role.WIJKMANAGER, Role.COLLEGE),
    Do.EXTEND_TERM: rule(Role.WIJKMANAGER),
    Do.CLOSE_PHASE: rule(Role.WIJKMANAGER),
    Do.PUBLISH_NEWS: rule(Role.WIJKMANAGER),
    Do.PUBLISH_PRODUCT: rule(Role.WIJKMANAGER),
    Do.PUBLISH_REPORT: rule(Role.WIJKMANAGER),
    Do.MANAGE_ROUND: rule(Role.WIJKMANAGER),
    Do.ISSUE_CODES: rule(Role.WIJKMANAGER),
    Do.ISSUE_RESIDENCE_CODES: rule(Role.WIJKMANAGER),
    Do.READ_ANOMALIES: rule(Role.WIJKMANAGER, Role.COLLEGE, Role.RAAD),
    Do.REVOKE_BATCH: rule(Role.WIJKMANAGER),
    Do.REPLACE_CODE: rule(Role.WIJKMANAGER),
    Do.PASS_ON_VOTE: rule(Role.VOTER, during=(PhaseKind.POLL, PhaseKind.VOTE), level=Level.MEEDENKEN),
    Do.OPEN_VOTE: rule(Role.WIJKMANAGER, during=(PhaseKind.VOTE,), level=Level.MEEBESLISSEN),
    Do.RESTART_VOTE: rule(Role.WIJKMANAGER, during=(PhaseKind.VOTE,), level=Level.MEEBESLISSEN),
    Do.CAST_BALLOT: rule(Role.VOTER, during=(PhaseKind.VOTE,), level=Level.MEEBESLISSEN),
    # A poll is advice, so its acts are others: what is opened at meedenken can never be a vote that binds.
    Do.OPEN_POLL: rule(Role.WIJKMANAGER, during=(PhaseKind.POLL,), level=Level.MEEDENKEN),
    Do.RESTART_POLL: rule(Role.WIJKMANAGER, during=(PhaseKind.POLL,), level=Level.MEEDENKEN),
    Do.CAST_ADVICE: rule(Role.VOTER, during=(PhaseKind.POLL,), level=Level.MEEDENKEN),
    # Paper that came in before the close is entered after it too, until the count.
    Do.ENTER_PAPER: rule(Role.HELPER, Role.MODERATOR, Role.WIJKMANAGER),
    Do.SETTLE_PAPER: rule(Role.WIJKMANAGER),
    Do.COUNT_ROUND: rule(Role.WIJKMANAGER),
    Do.AWARD_MONEY: rule(Role.WIJKMANAGER),
    Do.PUBLISH_BESLUIT: rule(Role.WIJKMANAGER, Role.COLLEGE),
    Do.RECORD_EXECUTION: rule(Role.WIJKMANAGER),
    # A panel works across phases; how much say it has was weighed when people could begin to register.
    Do.MANAGE_PANEL: rule(Role.WIJKMANAGER),
    Do.ENTER_REGISTRATION: rule(Role.HELPER, Role.MODERATOR, Role.WIJKMANAGER),
    Do.ANSWER_INVITATION: rule(Role.PANEL_MEMBER),
    Do.BIND_LOT: rule(Role.WIJKMANAGER),
    # More people than the one who bound it, so that nobody can keep an outcome back.
    Do.ENTER_NUMBER: rule(Role.WIJKMANAGER, Role.COLLEGE, Role.RAAD),
    Do.REPLACE_MEMBER: rule(Role.WIJKMANAGER),
    Do.TAKE_SEAT: rule(Role.PANEL_MEMBER),
    Do.GIVE_SCORE: rule(Role.PANEL_MEMBER),
    # Whoever leads the talk sees the spread and no names.
    Do.READ_SCORES: rule(Role.HELPER, Role.MODERATOR, Role.WIJKMANAGER),
    Do.PUBLISH_ADVICE: rule(Role.WIJKMANAGER),
    Do.ANSWER_ADVICE: rule(Role.WIJKMANAGER, Role.COLLEGE),
    Do.RECORD_PROMISE: rule(Role.WIJKMANAGER, Role.COLLEGE),
    Do.READ_AUDIT: rule(Role.RAAD, Role.COLLEGE),
    Do.GIVE_ROLE: rule(Role.BEHEERDER),
    Do.IMPORT_AREAS: rule(Role.BEHEERDER),
    Do.IMPORT_PROFILE: rule(Role.BEHEERDER),
}


#: The acts of a vote, each with the act that stands in its place where the outcome is advice.
AS_ADVICE: dict[Do, Do] = {
    Do.OPEN_VOTE: Do.OPEN_POLL,
    Do.RESTART_VOTE: Do.RESTART_POLL,
    Do.CAST_BALLOT: Do.CAST_ADVICE,
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role for everything at or below one area; `area_path` ends in a slash, as `/1/4/`."""

    role: Role
    area_path: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. A visitor has no account; a voter by letter code has none either.

    A panel member is whoever showed a code of a panel: of an invitation, or of somebody who registered.
    """

    account_id: int | None = None
    home_path: str | None = None
    grants: frozenset[Grant] = frozenset()
    is_author: bool = False
    is_voter: bool = False
    is_panel_member: bool = False

    def roles_at(self, area_path: str) -> frozenset[Role]:
        """Return the roles this actor has at a place: grants reach down the tree of areas."""
        roles = {Role.VISITOR}
        if self.account_id is not None:
            roles.add(Role.ACCOUNT)
        if self.home_path is not None and self.home_path.startswith(area_path):
            roles.add(Role.RESIDENT)
        if self.is_author:
            roles.add(Role.AUTHOR)
        if self.is_voter:
            roles.add(Role.VOTER)
        if self.is_panel_member:
            roles.add(Role.PANEL_MEMBER)
        roles.update(grant.role for grant in self.grants if area_path.startswith(grant.area_path))
        return frozenset(roles)


NOBODY = Actor()
#: Whoever runs commands on the server of the gemeente: the beheerder, with power over settings and none over content.
OPERATOR = Actor(grants=frozenset({Grant(Role.BEHEERDER, "/")}))


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when an act would take place: the area, and the running phase with its level, if any."""

    area_path: str
    phase_kind: PhaseKind | None = None
    level: Level | None = None


def may(actor: Actor, do: Do, place: Place) -> Verdict:
    """Say whether the actor may do this here and now; the refusal names what is in the way.

    Refused, in this order: nobody logged in, no fitting role or home in the area,
    no phase running, another kind of phase, a level that gives less say.
    """
    wanted = TABLE[do]
    roles = actor.roles_at(place.area_path)
    if not roles & wanted.roles:
        if actor.account_id is None and not (actor.is_voter or actor.is_panel_member) and not actor.grants:
            return refused(Refusal.LOG_IN_FIRST)
        if Role.RESIDENT in wanted.roles:
            return refused(Refusal.NOT_YOUR_AREA)
        return refused(Refusal.NOT_YOUR_ROLE, roles=", ".join(sorted(wanted.roles)))
    if wanted.timeless:
        return Allowed()
    if place.phase_kind is None or place.level is None:
        return refused(Refusal.NO_PHASE_OPEN)
    if place.phase_kind not in wanted.during:
        return refused(Refusal.WRONG_PHASE, phases=", ".join(kind for kind in PhaseKind if kind in wanted.during))
    if not place.level.reaches(wanted.level):
        return refused(Refusal.LEVEL_TOO_LOW, level=place.level, needed=wanted.level)
    return Allowed()


def table_lines() -> Iterator[tuple[Do, Role, Level, PhaseKind, bool]]:
    """Yield every cell of act x role x level x phase with its answer, for the page and the tests."""
    area = "/1/"
    for do in Do:
        for role in Role:
            actor = Actor(
                account_id=None if role in (Role.VISITOR, Role.VOTER, Role.PANEL_MEMBER) else 1,
                home_path=area if role is Role.RESIDENT else None,
                grants=frozenset({Grant(role, area)}) if role in GRANTED else frozenset(),
                is_author=role is Role.AUTHOR,
                is_voter=role is Role.VOTER,
                is_panel_member=role is Role.PANEL_MEMBER,
            )
            for level in Level:
                for kind in PhaseKind:
                    yield do, role, level, kind, bool(may(actor, do, Place(area, kind, level)))
