"""Who gets the money that the rule left over?"""

from collections.abc import Sequence

from participatie.allocation.accounts import Accounts
from participatie.allocation.terms import Leftover, Plan, Reason


def spend_leftover(by_score: Sequence[Plan], accounts: Accounts, leftover: Leftover) -> None:
    """Fund plans from what is left, highest score first; category caps do not count here, those of areas do.

    The plans come ordered by score and are those that may be funded at all.
    `part` helps one plan only, the first without money whose area may get any,
    with what it costs or with all that is left.
    """
    waiting = [plan for plan in by_score if plan.id in accounts.denials]
    if leftover is Leftover.PART:
        first = next((plan for plan in waiting if accounts.caps.rival_of(plan) is None and _room(plan, accounts)), None)
        if first is not None:
            _fund_wholly_or_in_part(first, accounts)
    elif leftover is Leftover.NEXT_FITTING:
        for plan in waiting:
            if plan.cost_cents <= _room(plan, accounts) and accounts.caps.rival_of(plan) is None:
                _fund(plan, accounts, Reason.FUNDED_FROM_LEFTOVER, plan.cost_cents)


def _room(plan: Plan, accounts: Accounts) -> int:
    in_area = accounts.caps.room_in_area(plan)
    return accounts.left if in_area is None else min(in_area, accounts.left)


def _fund_wholly_or_in_part(plan: Plan, accounts: Accounts) -> None:
    room = _room(plan, accounts)
    if plan.cost_cents <= room:
        _fund(plan, accounts, Reason.FUNDED_FROM_LEFTOVER, plan.cost_cents)
    else:
        _fund(plan, accounts, Reason.FUNDED_IN_PART, room)


def _fund(plan: Plan, accounts: Accounts, reason: Reason, cents: int) -> None:
    passed_over = accounts.denials[plan.id].reason
    short = {"short_cents": plan.cost_cents - cents} if cents < plan.cost_cents else {}
    accounts.fund(plan, reason, cents, passed_over=passed_over.value, **short)
