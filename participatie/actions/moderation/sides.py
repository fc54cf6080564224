"""Who has a side in a traject, themselves or by their organisation, and so moderates nothing there?"""

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from participatie.models.idea_lists import plain
from participatie.models.moderation import moderating_contributors, named_organisations
from participatie.models.organisations import all_memberships, names_of_organisations
from participatie.spelregels.moderation import rivals


def rivals_in(session: Session, traject_ids: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Return by traject the accounts that put in or carry out an idea there, or whose organisation or its members do.

    Six queries, however many trajecten, ideas and organisations there are.
    """
    contributors: dict[int, set[int]] = {traject_id: set() for traject_id in traject_ids}
    if not contributors:
        return {}
    for select in moderating_contributors(traject_ids):
        for traject_id, account_id in session.execute(select):
            contributors[traject_id].add(account_id)
    members = [(account_id, organisation_id) for account_id, organisation_id in session.execute(all_memberships())]
    by_name = {name: number for number, name in session.execute(names_of_organisations())} if members else {}
    named: dict[int, set[int]] = {traject_id: set() for traject_id in traject_ids}
    for names in named_organisations(traject_ids) if by_name else ():
        for traject_id, name in session.execute(names):
            known = by_name.get(name_key(name))
            if known is not None:
                named[traject_id].add(known)
    return {each: rivals(contributors[each], members, named[each]) for each in contributors}


def is_rival(session: Session, account_id: int | None, traject_id: int) -> bool:
    """Tell whether somebody has a side in a traject."""
    return account_id in rivals_in(session, [traject_id])[traject_id]


def name_key(name: str) -> str:
    """Return a name as it is compared: without capitals, accents, and marks between its words."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain(name)).split())[:200]
