"""How many seats go to a part of the wijk, where the wijkmanager leaves that to its share?"""

THOUSAND = 1000


def seats_for_share(seats: int, share: int) -> tuple[int, int]:
    """Return the least and the most seats for a share in tenths of a percent: what it comes to, rounded both ways.

    A share of 31.5% (315) of 25 seats comes to 7.875: at least 7, at most 8. One that comes out whole gets room of
    one seat on either side, as far as there is room, or several of those together could not be met.
    """
    least, rest = divmod(seats * share, THOUSAND)
    if rest:
        return least, least + 1
    return max(least - 1, 0), min(least + 1, seats)
