"""Does the sealed list give the same leaves, panels, reserves and replacements? For an auditor who may see that list."""

import json
from collections.abc import Sequence

from participatie.lottery import LotteryError, Pool, Quotas, next_reserve, prepare, reserves
from participatie.spelregels.buurtpanels.leaves import leaf_of
from participatie.spelregels.buurtpanels.lots import LotKind
from participatie.verification.lots import contents as names
from participatie.verification.lots.changes import in_time
from participatie.verification.lots.checking import OTHER_SHAPE, LotCheck
from participatie.verification.lots.choosing import seed_of
from participatie.verification.lots.contents import hash_of
from participatie.verification.lots.engine_input import pool_from, quotas_from
from participatie.verification.report import Difference

SEALED = "verzegeld.csv"


def replay(check: LotCheck, sealed: bytes) -> None:
    """Add to the report of a bundle what the sealed list shows: leaves, quotas, households, panels and replacements."""
    try:
        _replay(check, sealed)
    except OTHER_SHAPE as error:
        check.say(SEALED, f"dit is geen verzegelde lijst zoals dit programma haar schrijft ({type(error).__name__})")


def _replay(check: LotCheck, sealed: bytes) -> None:
    document = check.document
    if document is None:
        return
    if document["sealed_sha256"] is None:
        check.report.notes.append("bij deze loting hoort geen verzegelde lijst")
        return
    text = sealed.decode()
    if hash_of(text) != document["sealed_sha256"]:
        check.say(SEALED, "dit is niet de lijst die is verzegeld", hash_of(text), document["sealed_sha256"])
    people = []
    for number, (leaf, salt, household, told) in enumerate(names.rows_in(text, names.SEALED_HEAD), start=2):
        features = json.loads(told)
        people.append((leaf, features, household or None))
        if leaf_of(salt, features, household or None) != leaf:
            what = "de vingerafdruk hoort niet bij deze kenmerken"
            check.report.say(Difference(SEALED, what, number, leaf, leaf_of(salt, features, household or None)))
    if [leaf for leaf, _features, _household in people] != list(check.leaves):
        check.say(SEALED, f"hier staan andere mensen dan in {names.LEAVES}")
        return
    if document["kind"] != LotKind.SELECTION or check.panels is None:
        return
    pool, quotas = pool_from(people), quotas_from([tuple(quota) for quota in document["quotas"]], document["seats"])
    _every_panel(check, pool, quotas)
    _same_panels(check, pool, quotas)
    if check.outcome is not None:
        _same_reserves(check, pool)
        _same_replacements(check, pool, quotas)


def _every_panel(check: LotCheck, pool: Pool, quotas: Quotas) -> None:
    """Count each of the panels: the quotas, and nobody together with somebody of their own household."""
    assert check.panels is not None
    for number, panel in enumerate(check.panels.panels, start=1):
        members = [pool.people[place] for place in panel]
        for quota in quotas:
            seats = sum(member.features.get(quota.feature) == quota.value for member in members)
            if not quota.minimum <= seats <= quota.maximum:
                what = f"panel {number} voldoet niet aan de quota: {quota.feature}, {quota.value}"
                check.say(names.PANELS, what, seats, f"{quota.minimum} tot en met {quota.maximum}")
                return
        if len({pool.homes[place] for place in panel}) < len(panel):
            check.say(names.PANELS, f"in panel {number} zitten twee mensen uit één huishouden")
            return


def _same_panels(check: LotCheck, pool: Pool, quotas: Quotas) -> None:
    try:
        again = prepare(pool, quotas, check.document["seats"], panels=check.document["panels"]).as_text()
    except LotteryError:
        check.say(names.PANELS, "met deze lijst en deze quota is geen panel te maken")
        return
    if again.encode() != check.files[names.PANELS]:
        what = f"het programma maakt van deze lijst andere panels; vastgelegd met {check.document['engine']}"
        check.say(names.PANELS, what)


def _same_reserves(check: LotCheck, pool: Pool) -> None:
    outcome = check.outcome
    if outcome["seed"] != seed_of(outcome["commitment"], outcome["number"]):
        return
    drawn = [pool.positions[leaf] for leaf in outcome["members"]]
    order = [pool.people[place].id for place in reserves(outcome["seed"], pool, drawn)]
    homes = {pool.homes[place] for place in drawn}
    last = sum(pool.homes[pool.positions[leaf]] in homes for leaf in order)
    if order != outcome["reserves"] or last != outcome["reserves_of_one_household_with_a_member"]:
        check.say(names.OUTCOME, "dit is niet de volgorde van de reserves die bij deze lijst hoort")


def _same_replacements(check: LotCheck, pool: Pool, quotas: Quotas) -> None:
    """Ask the engine at each replacement who was next, as the site did."""
    outcome, seats = check.outcome, check.document["seats"]
    if outcome["seats_filled_otherwise"]:
        check.report.notes.append("er kregen ook mensen een plaats zonder loting; vervangingen zijn niet nagerekend")
        return
    sitting: list[str] = list(outcome["members"])
    waiting: Sequence[str] = [leaf for leaf in outcome["reserves"] if leaf not in outcome["reserves_gone"]]
    for what, leaf in in_time(outcome["changes"]):
        if what == "left":
            sitting.remove(leaf)
            continue
        next_one = next_reserve(pool, quotas, sitting, seats - len(sitting), waiting).id
        if next_one != leaf:
            check.say(names.OUTCOME, "een vervanging is niet in de volgorde van de loting", leaf, next_one)
            return
        waiting = [one for one in waiting if one != leaf]
        sitting.append(leaf)
