"""How do the rules of counting read, and the fields of a card and of a round?"""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from participatie.spelregels.options import MOST_VOTES

RULES: dict[str, LazyString] = {
    "greedy": _("Het plan met de meeste stemmen krijgt eerst geld. Past een plan niet meer, dan slaan we het over."),
    "greedy-stop": _(
        "Het plan met de meeste stemmen krijgt eerst geld. Bij het eerste plan dat niet past, stoppen we."
    ),
    "greedy-per-euro": _("Het plan met de meeste stemmen per euro krijgt eerst geld."),
    "equal-shares": _(
        "Elke kiezer krijgt een gelijk deel van het geld. Een plan krijgt geld als zijn kiezers het samen kunnen betalen."
    ),
    "equal-shares-add1": _(
        "Elke kiezer krijgt een gelijk deel van het geld, en dat deel groeit tot er niets meer bij past."
    ),
    "equal-shares-greedy": _(
        "Elke kiezer krijgt een gelijk deel van het geld. Kunnen kiezers samen niets meer betalen, dan gaat wat over is naar de plannen met de meeste stemmen."
    ),
    "equal-shares-add1u": _(
        "Elke kiezer krijgt een gelijk deel van het geld, en dat deel groeit tot er niets meer bij past. Wat dan nog over is, gaat naar de plannen met de meeste stemmen."
    ),
    "phragmen": _(
        "Elke kiezer spaart even snel. Zodra de kiezers van een plan samen genoeg hebben, krijgt het plan geld en beginnen zij opnieuw met sparen."
    ),
    "equal-shares-add1-comparison": _(
        "Elke kiezer krijgt een gelijk deel van het geld. Vinden meer kiezers de plannen met de meeste stemmen beter, dan krijgen die het geld."
    ),
    "most-votes": _("De optie met de meeste stemmen of punten wint. Een optie zonder stemmen wint nooit."),
}
#: The rules that divide money; the other one chooses among options.
MONEY_RULES = {rule: text for rule, text in RULES.items() if rule != MOST_VOTES}

#: The fields of a trajectkaart and a rulebook, where a refusal names them.
FIELDS: dict[str, LazyString] = {
    "panel_role": _("de rol van het panel"),
    "panel_task": _("wat het panel doet"),
    "panel_powers": _("wat het panel mag"),
    "panel_profile_source": _("waar de cijfers over de wijk vandaan komen"),
    "question": _("de vraag aan bewoners"),
    "goal": _("het doel"),
    "fixed": _("wat vastligt"),
    "open": _("wat openstaat"),
    "decision_maker": _("wie beslist"),
    "contact": _("de contactpersoon"),
    "use_of_input": _("wat er met inbreng gebeurt"),
    "results_back": _("hoe bewoners het resultaat horen"),
    "dispute_to": _("bij wie bewoners terechtkunnen als zij het niet eens zijn"),
    "not_used": _("wat u niet met inbreng kunt doen"),
    "stakeholders": _("welke groepen meedoen en hoe u ze bereikt"),
    "languages": _("de talen"),
    "assurance": _("hoe zeker u weet wie meedoet"),
    "assurance_reason": _("waarom dat zeker genoeg is"),
    "phases": _("de fasen"),
    "plan_cap": _("het hoogste bedrag voor één plan"),
    "division": _("wie het geld verdeelt"),
    "project_group": _("de projectgroep"),
    "group_needed": _("het aantal leden"),
    "in_time": _("op tijd klaar zijn"),
    "ready_before": _("de einddatum"),
    "payout": _("de delen waarin wordt betaald"),
    "hundred_percent": _("samen honderd procent"),
    "level": _("een fase om ideeën in te zamelen of te toetsen op het niveau meedoen"),
    "lowest_score": _("de laagste score"),
    "highest_score": _("de hoogste score"),
    "rule": _("hoe het geld wordt verdeeld"),
    "leftover": _("wat er met overgebleven geld gebeurt"),
    "min_choices": _("het kleinste aantal keuzes"),
    "max_choices": _("het grootste aantal keuzes"),
    "plans": _("het aantal plannen"),
    "category_caps": _("het bedrag voor een categorie"),
    "pot": _("het hele budget"),
    "opens_at": _("het begin van de stemming"),
    "closes_at": _("het einde van de stemming"),
    "ballot_kind": _("de manier van stemmen"),
    "vote_phase": _("een fase om te stemmen"),
    "poll_phase": _("een fase om te peilen"),
    "max_sum": _("het bedrag dat een kiezer mag verdelen"),
    "min_per_category": _("het kleinste aantal keuzes in een categorie"),
    "max_per_category": _("het grootste aantal keuzes in een categorie"),
    "points_total": _("het aantal punten van een kiezer"),
    "incompatible": _("de plannen die niet samen kunnen"),
}

#: What a plan is worth to who chose it, for the rules with equal shares.
UTILITIES: dict[str, LazyString] = {
    "cost": _("Een duur plan weegt zwaarder: wat een plan kost, is wat het waard is voor wie erop stemde."),
    "cardinality": _("Elk plan weegt even zwaar: het gaat erom hoeveel van zijn plannen iemand krijgt."),
}

LEFTOVERS: dict[str, LazyString] = {
    "none": _("Wat overblijft, blijft in het wijkbudget."),
    "next-fitting": _("Van wat overblijft, krijgen de volgende plannen die passen nog geld."),
    "part": _("Het volgende plan krijgt wat overblijft, ook als dat maar een deel is."),
}
