"""What will these rules hold everybody to, in plain sentences in the visitor's language?"""

from collections.abc import Iterator, Mapping, Sequence

from flask_babel import LazyString, gettext, ngettext
from flask_babel import lazy_gettext as _

from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import Division, Earned, PanelTerms, RuleSet
from participatie.web.formats import euros, number
from participatie.web.round_words import way_of_voting
from participatie.web.ruleset_words.asked import asked
from participatie.web.ruleset_words.owed import Step, owed
from participatie.web.words import LEFTOVERS, RULES, word

#: What residents do in a phase, where the table of rights opens it.
ACTS = (Do.SUBMIT_IDEA, Do.SUPPORT_IDEA, Do.JOIN_IDEA, Do.CAST_BALLOT, Do.CAST_ADVICE)
EVERYBODY = Actor(account_id=1, home_path="/", is_voter=True)

DIVIDED: Mapping[Division, LazyString] = {
    Division.VOTE: _("Bewoners verdelen het geld met een stemming. De gemeente voert de uitslag uit."),
    Division.AWARD: _("De gemeente geeft toegelaten plannen geld, zolang het er is. Er is geen stemming."),
    Division.NONE: _("Er is geen geld bij. Bewoners zoeken dat zelf als het nodig is."),
    Division.OPTIONS: _("Bewoners kiezen met een stemming uit opties. De gemeente maakt wat zij kiezen."),
}
#: The same where the outcome of the ballots is advice.
ADVISED: Mapping[Division, LazyString] = {
    Division.VOTE: _("Bewoners geven met een peiling advies over het geld. De gemeente neemt zelf het besluit."),
    Division.OPTIONS: _("Bewoners geven met een peiling advies over opties. De gemeente neemt zelf het besluit."),
}
ADVICE_ANSWERED = _("In het besluit staat wat de gemeente met het advies deed: volgen, deels volgen of niet volgen.")
PAID: Mapping[Earned, LazyString] = {
    Earned.GOAL: _("Van het geld voor een plan betalen we %(percent)s procent als het doel vaststaat."),
    Earned.INTERIM: _("Van het geld voor een plan betalen we %(percent)s procent bij een eerste resultaat."),
    Earned.FINAL: _("Van het geld voor een plan betalen we %(percent)s procent als alles klaar is."),
}
#: How the members of a panel are found, by the words of a preset's file.
RECRUITED: Mapping[str, LazyString] = {
    "loting": _("Leden van het panel worden geloot."),
    "netwerk": _("Leden van het panel komen uit het netwerk van de wijkmanagers."),
    "gebieden": _("Leden van het panel kennen de wijk, en komen uit de verschillende buurten."),
}


def enforced(rules: RuleSet, phases: Sequence[Step], *, answer_days: int | None = None) -> list[str]:
    """Return what the software holds everybody to in a traject with these rules and phases, a sentence for each.

    `answer_days` is None where it is not known yet. What the software does not do, is not told here.
    """
    return [
        *(sentence for phase in phases for sentence in _level_of(phase)),
        *asked(rules),
        *_money(rules, is_advice=any(phase.kind is PhaseKind.POLL for phase in phases)),
        *owed(rules, phases, answer_days),
        *_balance(rules),
    ]


def agreed(rules: RuleSet) -> list[str]:
    """Return what stands in the rules and is not enforced by the software, a sentence for each."""
    return [] if rules.panel is None else list(_panel(rules.panel))


def _level_of(phase: Step) -> Iterator[str]:
    open_acts = [word(act) for act in ACTS if may(EVERYBODY, act, Place("/", phase.kind, phase.level))]
    kind, level = word(phase.kind), word(phase.level)
    if not open_acts:
        yield gettext(
            "Fase ‘%(phase)s’ heeft het niveau %(level)s. Bewoners lezen en volgen dan wat er gebeurt.",
            phase=kind,
            level=level,
        )
    else:
        yield gettext(
            "Fase ‘%(phase)s’ heeft het niveau %(level)s. Dit kunnen bewoners dan: %(acts)s.",
            phase=kind,
            level=level,
            acts=", ".join(open_acts),
        )


def _money(rules: RuleSet, *, is_advice: bool) -> Iterator[str]:
    chooses = rules.division is Division.OPTIONS
    if is_advice and rules.division in ADVISED:
        yield str(ADVISED[rules.division])
        yield str(ADVICE_ANSWERED)
    else:
        yield str(DIVIDED[rules.division])
    if rules.pot_cents is not None:
        yield gettext("Samen is er %(pot)s. Meer geven we niet uit.", pot=euros(rules.pot_cents))
    if rules.plan_cap_cents is not None:
        yield gettext("Eén plan krijgt hoogstens %(cap)s.", cap=euros(rules.plan_cap_cents))
    if rules.ballot_kind is not None:
        yield gettext("Zo stemmen bewoners: %(way)s.", way=way_of_voting(rules.ballot_kind, chooses=chooses))
    if rules.division.by_ballot and rules.rule is not None:
        yield str(RULES[rules.rule])
    if rules.division is Division.VOTE and rules.leftover is not None:
        yield str(LEFTOVERS[rules.leftover])
    for part in rules.payout:
        yield str(PAID[part.earned]) % {"percent": number(part.percent)}


def _balance(rules: RuleSet) -> Iterator[str]:
    if rules.dominance_percent:
        yield gettext(
            "Heeft één kant meer dan %(percent)s procent van de inbreng? Dan moet de gemeente er iets aan doen, of uitleggen waarom het zo mag blijven.",
            percent=number(rules.dominance_percent),
        )


def _panel(panel: PanelTerms) -> Iterator[str]:
    yield ngettext(
        "Een panel van ongeveer %(num)s bewoner beoordeelt de plannen.",
        "Een panel van ongeveer %(num)s bewoners beoordeelt de plannen.",
        panel.members,
    )
    for way in panel.recruited:
        known = RECRUITED.get(way)
        yield str(known) if known else gettext("Zo komen mensen in het panel: %(way)s.", way=way)
    if panel.traffic_light:
        yield gettext("Elk lid geeft elk plan een kleur: rood, oranje of groen.")
    if panel.scores is not None:
        lowest, highest = panel.scores
        yield gettext(
            "Elk lid geeft elk plan een cijfer van %(lowest)s tot en met %(highest)s. Iets zeggen hoeft niet.",
            lowest=number(lowest),
            highest=number(highest),
        )
    if panel.which_before_how_much:
        yield gettext("Eerst kiest het panel welke plannen geld krijgen. Daarna pas beslist het hoeveel.")
