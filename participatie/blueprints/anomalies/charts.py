"""What is drawn and listed of a vote: ballots by hour, by batch of codes and by network, and wrong codes by hour?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from participatie.models.votes import (
    CodeBatch,
    ballots_by_hour,
    casts_by_network,
    codes_by_batch,
    wrong_codes_by_hour,
)
from participatie.models.wijkbudget import Round
from participatie.spelregels.anomalies import (
    FEWEST_OF_NETWORK,
    FEWEST_SHOWN,
    Measured,
    marked_batches,
    marked_hours,
    marked_networks,
    marked_wrong_codes,
)
from participatie.spelregels.issuing import BatchPurpose
from participatie.web.transaction import db

MOST_ROWS = 24
LABEL_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a drawing: its height in hundredths of the highest, and whether it stands out."""

    height: float
    stands_out: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line below a drawing. `few` is a number too small to show.

    `of` is what it is about: an hour, a batch, the label of a network, or how many networks stand together here.
    """

    of: datetime | CodeBatch | str | int
    measured: Measured

    @property
    def few(self) -> bool:
        """Tell whether the number is too small to show."""
        return self.measured.count < FEWEST_SHOWN


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, the lines below it, and how many there are where only the largest have a line."""

    bars: Sequence[Bar]
    rows: Sequence[Row]
    number: int


def hours_of(budget_round: Round) -> Chart:
    """Return the ballots by hour: a bar for every hour in which somebody voted, a line for the busiest."""
    found = list(db().execute(ballots_by_hour(budget_round.id)))
    return _hours([hour for hour, _count in found], marked_hours([count for _hour, count in found]))


def wrong_codes_of(budget_round: Round) -> Chart:
    """Return the wrong codes by hour, in the same way."""
    found = list(db().execute(wrong_codes_by_hour(budget_round.id)))
    return _hours([hour for hour, _count in found], marked_wrong_codes([count for _hour, count in found]))


def batches_of(budget_round: Round) -> Chart:
    """Return how much was voted with the codes of each batch. Who votes with an account has no batch of letters."""
    found = [
        (batch, used, codes)
        for batch, codes, used in db().execute(codes_by_batch(budget_round.id))
        if batch.purpose is not BatchPurpose.ACCOUNT
    ]
    measured = marked_batches([(used, codes) for _batch, used, codes in found])
    rows = [Row(batch, each) for (batch, _used, _codes), each in zip(found, measured, strict=True)]
    shares = [_drawn(each.count) / each.size if each.size else 0 for each in measured]
    return Chart(_bars(shares, measured), rows, len(rows))


def networks_of(budget_round: Round) -> Chart:
    """Return how often was voted from each network, and from all small ones together."""
    found = list(db().execute(casts_by_network(budget_round.id)))
    measured = marked_networks([casts for _network, casts in found])
    rows = [
        Row(network[:LABEL_LENGTH].upper(), each)
        for (network, _casts), each in zip(found, measured, strict=True)
        if each.count >= FEWEST_OF_NETWORK
    ]
    small = [each.count for each in measured if each.count < FEWEST_OF_NETWORK]
    if small:
        rows.append(Row(len(small), Measured(sum(small), None, stands_out=False)))
    every = [row.measured for row in rows]
    return Chart(_bars([_drawn(each.count) for each in every], every), rows, len(found))


def _hours(hours: Sequence[datetime], measured: Sequence[Measured]) -> Chart:
    rows = [Row(hour, each) for hour, each in zip(hours, measured, strict=True)]
    large = (place for place, row in enumerate(rows) if not row.few)
    busiest = sorted(large, key=lambda place: -rows[place].measured.count)[:MOST_ROWS]
    shown = [rows[place] for place in sorted(busiest)]
    return Chart(_bars([_drawn(each.count) for each in measured], measured), shown, len(rows))


def _drawn(count: int) -> float:
    # Numbers that are not shown are not drawn either: all as high as the middle of what they can be.
    return FEWEST_SHOWN / 2 if count < FEWEST_SHOWN else count


def _bars(heights: Sequence[float], measured: Sequence[Measured]) -> list[Bar]:
    highest = max(heights, default=0) or 1
    return [
        Bar(round(100 * height / highest, 1), each.stands_out) for height, each in zip(heights, measured, strict=True)
    ]
