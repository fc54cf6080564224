"""Which rounds are there, with which plans, and what became of the money?"""

from participatie.models.wijkbudget.outcome import (
    Allocation,
    AllocationLine,
    Milestone,
    Payment,
    allocation_line_of,
    allocation_lines,
    allocation_of,
    milestones,
    paid_cents,
    payments,
)
from participatie.models.wijkbudget.rounds import (
    HOLD_STATUS,
    VERSION_BY_ROUND,
    Plan,
    Round,
    plan_by_number,
    round_by_slug,
    round_for_voting,
    round_of_traject,
    rounds_in,
)

__all__ = [
    "HOLD_STATUS",
    "VERSION_BY_ROUND",
    "Allocation",
    "AllocationLine",
    "Milestone",
    "Payment",
    "Plan",
    "Round",
    "allocation_line_of",
    "allocation_lines",
    "allocation_of",
    "milestones",
    "paid_cents",
    "payments",
    "plan_by_number",
    "round_by_slug",
    "round_for_voting",
    "round_of_traject",
    "rounds_in",
]
