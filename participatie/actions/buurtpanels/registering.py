"""How does somebody register for a panel, change what they told, take it back, or say no?

On the web, with the letter of their household; at a desk and on paper, by staff. Until the pool is frozen.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.pool import (
    Registered,
    homes_of,
    note_answered,
    person_row,
    proof_text,
    selectors_taken,
)
from participatie.actions.buurtpanels.resting import is_resting
from participatie.actions.record import mail_address, record
from participatie.models.buurtpanels import (
    Buurtpanel,
    PanelHousehold,
    PanelNoThanks,
    PanelPerson,
    household_by_selector,
    registered_in,
)
from participatie.spelregels.buurtpanels.leaves import leaf_of
from participatie.spelregels.buurtpanels.members import (
    HouseholdStatus,
    MemberStatus,
    Recruitment,
    ReplyChannel,
    may_register,
    may_step,
)
from participatie.spelregels.buurtpanels.registration import (
    PanelConsent,
    Told,
    household_key,
    may_join,
    neat_postcode,
    plain_name,
    tells_enough,
)
from participatie.spelregels.codes import read_selector
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, first_refusal, refused


def register(
    session: Session,
    actor: Actor,
    panel: Buurtpanel,
    told: Told,
    secret_key: str,
    now: datetime,
    *,
    home: PanelHousehold | None,
    consents: bool,
    channel: ReplyChannel = ReplyChannel.WEB,
    source: Recruitment = Recruitment.LOT,
) -> Registered | Refused:
    """Put somebody in the pool of a panel, of an address that was invited or of none.

    `home` gives the address; without one it is as told. Refused are what `tells_enough` and `may_join` refuse.
    """
    do = Do.ANSWER_INVITATION if channel is ReplyChannel.WEB else Do.ENTER_REGISTRATION
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    told = _at_home(told, home)
    household = household_key(secret_key, panel.id, told.postcode, told.address)
    verdict = first_refusal(
        may(actor, do, panel.traject.facts().place_at(now)),
        may_register(panel.status),
        tells_enough(panel.facts().quotas, told, consents=consents),
    ) and _joins(session, panel, told, household, None, secret_key, now)
    if isinstance(verdict, Refused):
        return verdict
    registered = person_row(
        panel, told, household, selectors_taken(session, panel.id), secret_key, now, channel=channel, source=source
    )
    session.add(registered.person)
    note_answered([home] if home is not None else homes_of(session, panel.id, [registered.person]))
    agreed = PanelConsent.ON_SCREEN if channel is ReplyChannel.WEB else PanelConsent.BY_STAFF
    record(
        session, actor.account_id, do, registered.person, now,
        traject=panel.traject_id, channel=channel, source=source, consent=agreed,
    )  # fmt: skip
    tell_registered(session, panel, registered, now)
    return registered


def register_by_kenmerk(
    session: Session,
    actor: Actor,
    panel: Buurtpanel,
    kenmerk: str,
    told: Told,
    secret_key: str,
    now: datetime,
    *,
    consents: bool,
    channel: ReplyChannel,
    source: Recruitment,
) -> Registered | Refused:
    """Let staff put somebody in the pool: of the letter with a kenmerk, which makes the source the lot, or of none.

    Refused is a kenmerk that no letter of the panel has, and a source LOT without one.
    """
    verdict = may(actor, Do.ENTER_REGISTRATION, panel.traject.facts().place_at(now))
    if isinstance(verdict, Refused):
        return verdict
    home = None
    if kenmerk.strip():
        home = session.scalar(household_by_selector(panel.id, read_selector(kenmerk) or ""))
        source = Recruitment.LOT
    if source is Recruitment.LOT and home is None:
        return refused(Refusal.PANEL_KENMERK_UNKNOWN)
    return register(
        session, actor, panel, told, secret_key, now, home=home, consents=consents, channel=channel, source=source
    )


def change_registration(
    session: Session, actor: Actor, panel: Buurtpanel, person: PanelPerson, told: Told, secret_key: str, now: datetime
) -> PanelPerson | Refused:
    """Change what somebody told, until the pool is frozen. Other features give another leaf, with the same salt and code."""
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    session.refresh(person)
    told = replace(told, address=person.address, postcode=person.postcode, place=person.place)
    verdict = first_refusal(
        may(actor, Do.ANSWER_INVITATION, panel.traject.facts().place_at(now)),
        may_register(panel.status),
        _in_the_pool(person),
        tells_enough(panel.facts().quotas, told, consents=True),
    ) and _joins(session, panel, told, person.household, person.id, secret_key, now)
    if isinstance(verdict, Refused):
        return verdict
    person.name, person.email, person.phone, person.locale = told.name, told.email, told.phone, told.locale
    person.features = dict(told.features)
    person.leaf = leaf_of(person.salt, person.features, person.household)
    record(session, actor.account_id, Do.ANSWER_INVITATION, person, now, traject=panel.traject_id, changed=True)
    return person


def take_back_registration(
    session: Session, actor: Actor, panel: Buurtpanel, person: PanelPerson, now: datetime, *, own: bool
) -> PanelPerson | Refused:
    """Take somebody out of the pool, until it is frozen. What they told is deleted at once; that somebody was there stays.

    `own` is so for whoever holds the code of that person; the wijkmanager does it when asked.
    """
    do = Do.ANSWER_INVITATION if own else Do.MANAGE_PANEL
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    session.refresh(person)
    verdict = first_refusal(
        may(actor, do, panel.traject.facts().place_at(now)),
        may_register(panel.status),
        may_step(person.status, MemberStatus.TAKEN_BACK),
    )
    if isinstance(verdict, Refused):
        return verdict
    homes, household = homes_of(session, panel.id, [person]), person.household
    person.status = MemberStatus.TAKEN_BACK
    forget_person(person)
    person.features, person.salt, person.verifier_hash = {}, "", "-"
    record(session, actor.account_id, do, person, now, traject=panel.traject_id, taken_back=True)
    session.flush()
    if household is not None and session.scalar(registered_in(panel.id, household).limit(1)) is None:
        for home in homes:
            if home.status is HouseholdStatus.REGISTERED:
                home.status = HouseholdStatus.INVITED
    return person


def say_no(
    session: Session, actor: Actor, panel: Buurtpanel, home: PanelHousehold, reason: str, now: datetime
) -> PanelHousehold | Refused:
    """Write down that an address will not take part, so that it gets no reminder. A reason is kept apart from the address."""
    session.refresh(panel, with_for_update={"of": Buurtpanel})
    verdict = first_refusal(
        may(actor, Do.ANSWER_INVITATION, panel.traject.facts().place_at(now)), may_register(panel.status)
    )
    if isinstance(verdict, Refused):
        return verdict
    if home.status is HouseholdStatus.REGISTERED:
        return refused(Refusal.MEMBER_NOT_THERE)
    first = home.status is not HouseholdStatus.DECLINED
    home.status = HouseholdStatus.DECLINED
    if reason and first:
        session.add(PanelNoThanks(panel_id=panel.id, reason=reason))
    record(session, actor.account_id, Do.ANSWER_INVITATION, home, now, traject=panel.traject_id, declined=True)
    return home


def tell_registered(session: Session, panel: Buurtpanel, registered: Registered, now: datetime) -> None:
    """Mail somebody who gave an address their code and their proof."""
    person = registered.person
    if person.email:
        mail_address(
            session, person.email, person.locale, "panel_registered", now,
            slug=panel.slug, title=panel.title, code=str(registered.code), proof=proof_text(person),
        )  # fmt: skip


def forget_person(person: PanelPerson) -> None:
    """Empty what is known of somebody; what stands for them in public stays."""
    for field in ("name", "email", "phone", "address", "postcode", "place"):
        setattr(person, field, "")
    person.household = None


def _at_home(told: Told, home: PanelHousehold | None) -> Told:
    if home is not None:
        return replace(told, address=home.address, postcode=home.postcode, place=home.place)
    return replace(told, postcode=neat_postcode(told.postcode))


def _in_the_pool(person: PanelPerson) -> Verdict:
    return Allowed() if person.status is MemberStatus.REGISTERED else refused(Refusal.MEMBER_NOT_THERE)


def _joins(
    session: Session, panel: Buurtpanel, told: Told, household: str | None, own_id: int | None, key: str, now: datetime
) -> Verdict:
    there = session.scalars(registered_in(panel.id, household)).all() if household is not None else ()
    same = any(other.id != own_id and plain_name(other.name) == plain_name(told.name) for other in there)
    rests = is_resting(session, panel, told.name, told.postcode, told.address, key, now)
    return may_join(is_resting=rests, is_registered=same, rest_years=panel.facts().rest_years)
