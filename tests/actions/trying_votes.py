"""What can somebody try with a round and its codes? The same kind of functions as in `anything`."""

from typing import Any

from participatie.actions.votes import (
    cast_ballot,
    issue_codes,
    let_another_vote,
    replace_code,
    revoke_batch,
    revoke_code,
)
from participatie.actions.wijkbudget import RoundTerms, prepare_round
from participatie.models.accounts import Account
from participatie.models.votes import CodeBatch, VoterRoll
from participatie.spelregels.votes import BallotKind
from tests.actions.scene import POT, WHY, Scene
from tests.factories import SECRET_KEY


def try_to_prepare(at: Scene, who: Account) -> Any:
    return prepare_round(
        at.session, who.actor(), at.traject, f"nog-een-{at.pick}",
        RoundTerms("Ronde", POT, BallotKind.APPROVAL, min_choices=1, max_choices=None, rule="greedy", leftover="none"),
        at.clock(),
    ) if at.round() is None else None  # fmt: skip


def try_to_issue(at: Scene, who: Account) -> Any:
    budget_round = at.round()
    return budget_round and issue_codes(at.session, who.actor(), budget_round, 2, "brief", SECRET_KEY, at.clock())


def try_to_cast(at: Scene, _who: Account) -> Any:
    budget_round, line = at.round(), at.one(VoterRoll)
    choices = [1 + at.pick % 2] if at.pick < 7 else [99]
    return budget_round and line and cast_ballot(at.session, budget_round, line.selector, choices, at.clock())


def try_to_replace(at: Scene, who: Account) -> Any:
    budget_round, line = at.round(), at.one(VoterRoll)
    kenmerk = line.selector if line else ""
    return budget_round and (
        replace_code(at.session, who.actor(), budget_round, kenmerk, SECRET_KEY, at.clock())
        if at.yes
        else revoke_code(at.session, who.actor(), budget_round, kenmerk, at.clock())
    )


def try_to_pass_on(at: Scene, _who: Account) -> Any:
    budget_round, line = at.round(), at.one(VoterRoll)
    return budget_round and line and let_another_vote(
        at.session, budget_round, line.selector, SECRET_KEY, at.clock(), consents=at.yes
    )  # fmt: skip


def try_to_revoke_batch(at: Scene, who: Account) -> Any:
    budget_round, batch = at.round(), at.one(CodeBatch)
    return budget_round and batch and revoke_batch(at.session, who.actor(), budget_round, batch, WHY, at.clock())
