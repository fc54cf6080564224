"""What is asked of an idea, in plain sentences?"""

from collections.abc import Callable, Iterator, Mapping

from flask_babel import LazyString, gettext, ngettext
from flask_babel import lazy_gettext as _

from participatie.spelregels.ideas import Test, Weight
from participatie.spelregels.rulesets import RuleSet
from participatie.web.formats import day
from participatie.web.words import word

#: The hard tests whose sentence needs no number.
MUST: Mapping[Test, LazyString] = {
    Test.INITIATIVE: _("Een idee komt van bewoners. Een idee van een professionele organisatie nemen we niet aan."),
    Test.PUBLIC_INTEREST: _("Een idee is goed voor de buurt. Wat maar één of een paar mensen helpt, gaat niet door."),
    Test.OWN_CONTRIBUTION: _("Bewoners doen zelf iets voor hun idee: tijd, spullen of geld."),
    Test.FITS_THE_PLAN: _("Een idee past bij het plan voor de wijk."),
    Test.THIRD_PARTY_MONEY: _("Voor een idee is ook aan anderen om geld gevraagd."),
    Test.NO_LASTING_COST: _("Een idee kost de gemeente één keer geld, en niet elk jaar opnieuw."),
    Test.FEASIBLE: _("Een idee gaat alleen door als de gemeente het kan uitvoeren."),
    Test.WITH_OTHERS: _("Een idee wordt samen met een andere partij gedaan."),
    Test.THREE_PARTIES: _("Een idee gaat pas door als een bewoner, een organisatie en de gemeente samen meedoen."),
    Test.NO_OVERHEAD: _("Het geld is voor de uitvoering. Kosten voor organisatie betalen we niet."),
}


def asked(rules: RuleSet) -> Iterator[str]:
    """Yield a sentence for every test that stops an idea or is shown with it, and for each household's one idea."""
    hard = [test for test in Test if rules.weight(test) is Weight.HARD]
    for test in hard:
        if test in COUNTED:
            yield from COUNTED[test](rules)
        else:
            yield str(MUST[test])
    for test in Test:
        if rules.weight(test) is Weight.SOFT:
            yield gettext(
                "Dit vragen we ook, maar het houdt een idee niet tegen. Iedereen ziet wat eruit komt: %(test)s.",
                test=word(test),
            )
    if hard:
        yield gettext(
            "Afwijken van een toets kan alleen als twee mensen van de gemeente het eens zijn. De reden is openbaar."
        )
    if rules.once_per_household:
        yield gettext("Elk huishouden kan één keer een idee indienen.")
    if rules.first_posts_wait:
        yield gettext(
            "Wie hier nieuw is, wacht even: een moderator leest eerst het idee. Duurt dat te lang, dan komt het vanzelf online."
        )


def _support(rules: RuleSet) -> Iterator[str]:
    if not rules.support_needed:
        return  # nobody is asked for, so there is nothing to tell
    yield ngettext(
        "Een idee heeft de steun van minstens %(num)s bewoner nodig.",
        "Een idee heeft de steun van minstens %(num)s bewoners nodig.",
        rules.support_needed,
    )


def _group(rules: RuleSet) -> Iterator[str]:
    yield ngettext(
        "Een idee heeft een projectgroep nodig, met minstens %(num)s lid. Anders gaat het niet door.",
        "Een idee heeft een projectgroep nodig, met minstens %(num)s leden. Anders gaat het niet door.",
        rules.group_needed,
    )


def _in_time(rules: RuleSet) -> Iterator[str]:
    if rules.ready_before is None:
        yield gettext("Een idee moet klaar zijn op een dag die vooraf bekend is.")
    else:
        yield gettext("Een idee moet klaar zijn op %(day)s of eerder.", day=day(rules.ready_before))


COUNTED: Mapping[Test, Callable[[RuleSet], Iterator[str]]] = {
    Test.SUPPORT: _support,
    Test.PROJECT_GROUP: _group,
    Test.IN_TIME: _in_time,
}
