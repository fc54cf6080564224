"""What can somebody try? Every act that the table knows, as one function of a world, on whatever is there.

An act returns what its action returned, or None where there is nothing to act on. They may all be tried by anybody at
any moment: that is the point.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from participatie.actions.accounts import grant_role
from participatie.actions.announcing import publish_news
from participatie.actions.balance import act_on_balance
from participatie.actions.besluiten import publish_besluit
from participatie.actions.disputes import answer_dispute, raise_dispute
from participatie.actions.duties import extend_duty
from participatie.actions.following import follow
from participatie.actions.groups import give_opinion, join_idea, propose_override
from participatie.actions.ideas import (
    IdeaText,
    Resident,
    admit_idea,
    assess_idea,
    enter_idea,
    reject_idea,
    submit_idea,
    support_idea,
    withdraw_idea,
)
from participatie.actions.moderation import hide_idea, restore_idea
from participatie.actions.phases import (
    adopt_product,
    change_level,
    close_phase,
    close_traject,
    draft_product,
    extend_phase,
)
from participatie.actions.photos import add_photo, remove_photo
from participatie.actions.places import place_idea
from participatie.actions.profile import tell_about_self
from participatie.actions.reporting import publish_report
from participatie.actions.residence import issue_residence_codes
from participatie.actions.trajecten import TrajectDraft, change_draft, open_traject
from participatie.actions.wijkbudget import (
    add_milestone,
    award_money,
    count_round,
    finish_milestone,
    open_vote,
    restart_vote,
)
from participatie.models.accounts import Account
from participatie.models.announcements import Dispute
from participatie.models.photos import Photo
from participatie.models.wijkbudget import Milestone
from participatie.spelregels.balance import BalanceAct
from participatie.spelregels.besluiten import DeviationGround
from participatie.spelregels.duties import Duty
from participatie.spelregels.ideas import Party, Test
from participatie.spelregels.levels import Level
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Do, Role
from participatie.spelregels.trajecten import DisputeKind
from tests.actions.scene import HELPED, WHY, Scene
from tests.actions.trying_votes import (
    try_to_cast,
    try_to_issue,
    try_to_pass_on,
    try_to_prepare,
    try_to_replace,
    try_to_revoke_batch,
)
from tests.factories import ALL_USED, OTHER_ROUTE, SECRET_KEY
from tests.factories.photos import a_picture
from tests.factories.trajecten import CARD

Try = Callable[[Scene, Account], Any]


def _submit(at: Scene, who: Account) -> Any:
    text = IdeaText("Een boom", "In onze straat.", "Wij planten." if at.yes else "", "nl")
    return submit_idea(at.session, who, at.traject, at.people["bewoner"].area, text, at.clock())


def _enter(at: Scene, who: Account) -> Any:
    resident = Resident(at.people[HELPED].email, "Oma", consents=at.pick < 6)
    text = IdeaText("Een bank", "Bij de vijver.", "Wij timmeren.", "nl")
    return enter_idea(at.session, who, resident, at.traject, at.people["bewoner"].area, text, at.clock())


def _photo(at: Scene, who: Account) -> Any:
    idea = at.idea()
    alt = "Een boom op het plein." if at.pick else ""
    return idea and add_photo(at.session, who, idea, a_picture(at.pick), alt, "nl", at.clock())


def _photo_away(at: Scene, who: Account) -> Any:
    photo = at.one(Photo)
    rule = HouseRule.PRIVATE_DATA if at.yes else None
    return photo and remove_photo(at.session, who, photo, rule, WHY, at.clock())


def _assess(at: Scene, who: Account) -> Any:
    idea = at.idea()
    results = {Test.PUBLIC_INTEREST: (at.yes, WHY)}
    return idea and assess_idea(at.session, who.actor(), idea, results, 10_000 * at.pick, at.clock())


def _besluit(at: Scene, who: Account) -> Any:
    budget_round = at.round()
    return budget_round and publish_besluit(
        at.session, who.actor(), budget_round, title="Besluit", decision_body="college", motivation=WHY,
        deviates=not at.yes, ground=DeviationGround.LAW if at.pick % 2 else None,
        withheld=[plan.number for plan in budget_round.plans[: at.pick % 3]], now=at.clock(),
    )  # fmt: skip


def _milestone(at: Scene, who: Account) -> Any:
    budget_round = at.round()
    if budget_round is None or not budget_round.plans:
        return None
    plan = budget_round.plans[at.pick % len(budget_round.plans)]
    step = at.one(Milestone, Milestone.plan_id == plan.id)
    if step is not None and at.yes:
        return finish_milestone(at.session, who.actor(), plan, step, at.clock().date(), WHY, at.clock())
    return add_milestone(at.session, who.actor(), plan, "Graven", at.clock().date(), at.clock())


def _join(at: Scene, who: Account) -> Any:
    party = Party.RESIDENT if at.yes else Party.ORGANISATION
    idea = at.idea()
    return idea and join_idea(at.session, who, idea, party, "Stichting", WHY, at.clock())


def _change_promise(at: Scene, who: Account) -> Any:
    draft = TrajectDraft("Anders", CARD, [phase.facts() for phase in at.traject.phases], at.traject.ruleset(), 10)
    return change_draft(at.session, who.actor(), at.traject, draft, at.clock())


def _answer_dispute(at: Scene, who: Account) -> Any:
    dispute = at.one(Dispute)
    return dispute and answer_dispute(at.session, who.actor(), at.traject, dispute, WHY, WHY, at.clock())


def _on_idea(action: Callable[..., Any], *more: Any) -> Try:
    return lambda at, who: (idea := at.idea()) and action(at.session, who.actor(), idea, *more, at.clock())


def _on_round(action: Callable[..., Any], *more: Any) -> Try:
    return lambda at, who: (found := at.round()) and action(at.session, who.actor(), found, *more, at.clock())


def _on_traject(action: Callable[..., Any], *more: Any) -> Try:
    return lambda at, who: action(at.session, who.actor(), at.traject, *more, at.clock())


#: Every act with who usually does it, and how it is tried.
TRIES: dict[str, tuple[Do, Role, Try]] = {
    "submit": (Do.SUBMIT_IDEA, Role.RESIDENT, _submit),
    "enter": (Do.ENTER_IDEA, Role.HELPER, _enter),
    "support": (
        Do.SUPPORT_IDEA, Role.RESIDENT,
        lambda at, who: (idea := at.idea()) and support_idea(at.session, who, idea, at.clock()),
    ),
    "join": (Do.JOIN_IDEA, Role.RESIDENT, _join),
    "stand beside": (
        Do.STAND_BESIDE_IDEA, Role.WIJKMANAGER,
        lambda at, who: (idea := at.idea()) and join_idea(at.session, who, idea, Party.GEMEENTE, "", WHY, at.clock()),
    ),
    "withdraw": (
        Do.WITHDRAW_IDEA, Role.RESIDENT,
        lambda at, who: (idea := at.idea()) and withdraw_idea(at.session, who, idea, at.clock()),
    ),
    "place": (
        Do.PLACE_IDEA, Role.WIJKMANAGER,
        lambda at, who: (idea := at.idea()) and place_idea(at.session, who, idea, 52.5 + at.pick / 10, 4.5, at.clock()),
    ),
    "photo": (Do.ADD_PHOTO, Role.RESIDENT, _photo),
    "photo away": (Do.REMOVE_PHOTO, Role.MODERATOR, _photo_away),
    "hide": (Do.HIDE_IDEA, Role.MODERATOR, _on_idea(hide_idea, HouseRule.INSULT, WHY)),
    "restore": (Do.RESTORE_IDEA, Role.MODERATOR, _on_idea(restore_idea, WHY)),
    "assess": (Do.ASSESS_IDEA, Role.ASSESSOR, _assess),
    "admit": (Do.ADMIT_IDEA, Role.WIJKMANAGER, _on_idea(partial(admit_idea, parts=ALL_USED), "", WHY)),
    "reject": (Do.ANSWER_IDEA, Role.WIJKMANAGER, _on_idea(partial(reject_idea, parts=OTHER_ROUTE), WHY)),
    "override": (Do.OVERRIDE_TEST, Role.ASSESSOR, _on_idea(propose_override, Test.PUBLIC_INTEREST, WHY)),
    "second": (
        Do.OVERRIDE_TEST, Role.COLLEGE,
        lambda at, who: (idea := at.idea())
        and give_opinion(at.session, who.actor(), idea, Test.PUBLIC_INTEREST, WHY, at.clock(), agrees=at.yes),
    ),
    "tell": (
        Do.TELL_ABOUT_SELF, Role.RESIDENT,
        lambda at, who: tell_about_self(at.session, who, at.traject, {}, at.clock()),
    ),
    "dispute": (
        Do.RAISE_DISPUTE, Role.RESIDENT,
        lambda at, who: raise_dispute(at.session, who, at.traject, at.of(DisputeKind), WHY, at.clock()),
    ),
    "answer dispute": (Do.ANSWER_DISPUTE, Role.COLLEGE, _answer_dispute),
    "balance": (
        Do.ACT_ON_BALANCE, Role.MODERATOR,
        lambda at, who: act_on_balance(at.session, who.actor(), at.traject, at.of(BalanceAct), WHY, at.clock()),
    ),
    "follow": (Do.FOLLOW, Role.RESIDENT, _on_traject(follow)),
    "open again": (Do.MANAGE_TRAJECT, Role.WIJKMANAGER, _on_traject(open_traject)),
    "change the promise": (Do.MANAGE_TRAJECT, Role.WIJKMANAGER, _change_promise),
    "change level": (
        Do.CHANGE_LEVEL, Role.WIJKMANAGER,
        lambda at, who: change_level(
            at.session, who.actor(), at.phase_ahead(), at.of(Level), WHY if at.yes else "", at.clock()
        ),
    ),
    "longer": (
        Do.EXTEND_TERM, Role.WIJKMANAGER,
        lambda at, who: extend_phase(at.session, who.actor(), at.phase_ahead(), at.later(), WHY, at.clock()),
    ),
    "more time": (
        Do.EXTEND_TERM, Role.WIJKMANAGER,
        lambda at, who: extend_duty(at.session, who.actor(), at.traject, at.of(Duty), at.later(), WHY, at.clock()),
    ),
    "close phase": (
        Do.CLOSE_PHASE, Role.WIJKMANAGER,
        lambda at, who: close_phase(at.session, who.actor(), at.first_open() if at.yes else at.phase_ahead(), at.clock()),
    ),
    "close": (Do.CLOSE_PHASE, Role.WIJKMANAGER, _on_traject(close_traject)),
    "news": (Do.PUBLISH_NEWS, Role.WIJKMANAGER, _on_traject(publish_news, WHY)),
    "draft": (
        Do.PUBLISH_PRODUCT, Role.WIJKMANAGER,
        lambda at, who: draft_product(at.session, who.actor(), at.traject.phases[-1], "Verslag", WHY, at.clock()),
    ),
    "adopt": (
        Do.PUBLISH_PRODUCT, Role.WIJKMANAGER,
        lambda at, who: adopt_product(at.session, who.actor(), at.traject.phases[-1], at.clock()),
    ),
    "report": (Do.PUBLISH_REPORT, Role.WIJKMANAGER, _on_traject(publish_report, WHY, WHY, "")),
    "prepare": (Do.MANAGE_ROUND, Role.WIJKMANAGER, try_to_prepare),
    "codes": (Do.ISSUE_CODES, Role.WIJKMANAGER, try_to_issue),
    "replace code": (Do.REPLACE_CODE, Role.WIJKMANAGER, try_to_replace),
    "pass on": (Do.PASS_ON_VOTE, Role.RESIDENT, try_to_pass_on),
    "residence codes": (
        Do.ISSUE_RESIDENCE_CODES, Role.WIJKMANAGER,
        lambda at, who: issue_residence_codes(
            at.session, who.actor(), at.traject.area, 2, "brief", SECRET_KEY, at.clock()
        ),
    ),
    "open vote": (Do.OPEN_VOTE, Role.WIJKMANAGER, _on_round(open_vote)),
    "revoke batch": (Do.REVOKE_BATCH, Role.WIJKMANAGER, try_to_revoke_batch),
    "restart": (Do.RESTART_VOTE, Role.WIJKMANAGER, _on_round(restart_vote, WHY)),
    "cast": (Do.CAST_BALLOT, Role.RESIDENT, try_to_cast),
    "count": (Do.COUNT_ROUND, Role.WIJKMANAGER, _on_round(count_round)),
    "award": (Do.AWARD_MONEY, Role.WIJKMANAGER, _on_round(award_money)),
    "besluit": (Do.PUBLISH_BESLUIT, Role.WIJKMANAGER, _besluit),
    "carry out": (Do.RECORD_EXECUTION, Role.WIJKMANAGER, _milestone),
    "give role": (
        Do.GIVE_ROLE, Role.BEHEERDER,
        lambda at, who: grant_role(
            at.session, who.actor(), at.people["buur"].email, Role.HELPER, at.traject.area, at.clock()
        ),
    ),
}  # fmt: skip

#: Acts that this world has no use for; imports are of files, money is not paid out here, and a translation
#: changes nothing that anybody promised.
ELSEWHERE = {
    Do.IMPORT_AREAS, Do.IMPORT_PROFILE, Do.READ_AUDIT, Do.READ_BALANCE, Do.OFFER_TRANSLATION, Do.JUDGE_TRANSLATION,
    # This street votes. What a poll asks for, and that it never becomes a vote, is in test_advice.py.
    Do.OPEN_POLL, Do.RESTART_POLL, Do.CAST_ADVICE,
    Do.READ_ANOMALIES, Do.ENTER_PAPER, Do.SETTLE_PAPER, Do.RECORD_PROMISE,
    # What is reported, appealed and merged has its own tests, in test_moderation_queue.py and test_merging.py.
    Do.JUDGE_IDEA, Do.APPEAL_HIDING, Do.JUDGE_APPEAL, Do.MERGE_IDEAS, Do.MARK_LANGUAGE, Do.MANAGE_ORGANISATION, Do.HAND_OVER_ANSWER,
    # A panel works across the phases, under rules of its own: see the tests of panels.
    Do.MANAGE_PANEL, Do.ENTER_REGISTRATION, Do.ANSWER_INVITATION, Do.BIND_LOT, Do.ENTER_NUMBER, Do.REPLACE_MEMBER,
    Do.TAKE_SEAT, Do.GIVE_SCORE, Do.READ_SCORES, Do.PUBLISH_ADVICE, Do.ANSWER_ADVICE,
}  # fmt: skip
