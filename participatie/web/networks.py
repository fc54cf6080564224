"""From which networks is voted? Counted in the memory of a worker, apart from the ballots, and written about once a minute.

An address is cut to the part that a household, a school or a whole street shares; what is written is a salted hash of
that. Only the number of the round goes with it: no moment, no code, no ballot.
"""

from collections.abc import Callable, Mapping
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, current_app, request
from sqlalchemy import Engine

from participatie.web.tallies import Tally, write_now_and_then

KEY = "participatie.networks"
#: How many bits of an address count as one network, of version 4 and of version 6.
BITS_4, BITS_6 = 24, 48

Write = Callable[[Engine, Mapping[tuple[int, str], tuple[int, ...]]], None]


class Networks(Tally[tuple[int, str]]):
    """The numbers of one worker that are not in the database yet: of each round and network, how often was voted."""

    def __init__(self, write: Write) -> None:
        """Begin at nothing; `write` adds numbers to the database."""
        super().__init__(write, "votes per network")


def count_network(round_id: int) -> None:
    """Count a vote for the network that it came from. Where that is not known, nothing is counted."""
    network = network_of(request.remote_addr)
    if network is not None:
        current_app.extensions[KEY].count({(round_id, network): (1,)})


def network_of(address: str | None) -> str | None:
    """Return the network of an address, as `203.0.113.0/24`, or None for no address and for this machine itself.

    A vote that comes from this machine came through a proxy that the settings do not name.
    """
    try:
        found = ip_address((address or "").split("%", maxsplit=1)[0])
    except ValueError:
        return None
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if found.is_loopback or found.is_unspecified:
        return None
    bits = BITS_4 if found.version == 4 else BITS_6  # noqa: PLR2004 - the versions of the protocol
    return str(ip_network((found, bits), strict=False))


def set_up_networks(app: Flask, write: Write) -> None:
    """Keep the counts of this worker, and write them now and then."""
    app.extensions[KEY] = Networks(write)
    write_now_and_then(app, KEY)
