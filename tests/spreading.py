"""In which order do the processes of a run take the tests, so that they end together?"""

from collections.abc import Sequence

import pytest


def spread(items: Sequence[pytest.Item], processes: int) -> list[pytest.Item]:
    """Return the tests in as many parts as there are processes, each with a share of the slow ones at its beginning.

    pytest-xdist gives each process one part, and who is ready takes from the end of another's. So nobody begins with a
    minute of work when all the others are done. Within a part the quick ones stay in their order, with what they share.
    """
    slow = [item for item in items if item.get_closest_marker("slow")]
    quick = [item for item in items if not item.get_closest_marker("slow")]
    order: list[pytest.Item] = []
    for turn in range(processes):
        heads = slow[turn::processes]
        size = (len(items) - len(order)) // (processes - turn)
        order += heads + quick[: size - len(heads)]
        quick = quick[size - len(heads) :]
    return order
