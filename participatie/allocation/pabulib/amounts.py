"""What do the numbers in a Pabulib file mean? Money becomes exact whole cents."""

import re

from participatie.allocation.pabulib.errors import Fault, PabulibError

_MONEY = re.compile(r"([0-9]{1,15})(?:\.([0-9]+))?", re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,15}", re.ASCII)


def cents(text: str, name: str, line: int, *, of: str) -> int:
    """Read '2000189.87' as 200018987 cents; refuses signs, commas, exponents and parts of a cent."""
    match = _MONEY.fullmatch(text.strip())
    decimals = (match[2] or "") if match else ""
    if match is None or decimals[2:].strip("0"):
        raise PabulibError(name, line, Fault.AMOUNT_INVALID, f"bij {of} een bedrag van 0 of meer zoals 1250.50", text)
    return int(match[1]) * 100 + int(decimals[:2].ljust(2, "0"))


def whole(text: str, name: str, line: int, *, of: str) -> int:
    """Read a whole number of 0 or more; '50.0' is whole too."""
    head, _, decimals = text.strip().partition(".")
    if _WHOLE.fullmatch(head) is None or decimals.strip("0"):
        raise PabulibError(name, line, Fault.NUMBER_INVALID, f"bij {of} een heel getal van 0 of meer", text)
    return int(head)


def money(amount_cents: int) -> str:
    """Write cents as Pabulib writes money: '1250' or '1250.50'."""
    euros, rest = divmod(amount_cents, 100)
    return f"{euros}.{rest:02}" if rest else str(euros)
