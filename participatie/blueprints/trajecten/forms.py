"""What does a wijkmanager fill in to start a traject: its card, its days, and its rules?"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field, SelectField, StringField

from participatie.actions.trajecten import TrajectDraft
from participatie.blueprints.trajecten.card_fields import CardFields
from participatie.blueprints.trajecten.mending import field_to_mend
from participatie.blueprints.trajecten.phase_fields import PhaseFields, days_of, phase_fields
from participatie.blueprints.trajecten.rule_fields import RuleFields, filled_in_rules, weight_fields
from participatie.models.trajecten import Traject
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.presets import Preset
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.verdicts import Refused
from participatie.web.formats import AMSTERDAM
from participatie.web.forms import address_field, at_most, required


class TrajectForm(CardFields, PhaseFields, RuleFields):
    """The trajectkaart, the days of the phases and the rules. Parts of the card may wait; opening asks for all of them."""

    title = StringField(_("Naam van het traject"), [required(), at_most(200)])
    slug = address_field()
    area = SelectField(_("Gebied"), coerce=int)

    def __iter__(self) -> Iterator[Field]:
        """Go over the fields in the order of the page, so that the mistakes above it are told in that order too."""
        return iter(sorted(super().__iter__(), key=self._place))

    def _place(self, field: Field) -> tuple[int, int]:
        asked = [each.short_name for pair in self.tests() for each in pair if each is not None]
        parts = (
            field.short_name in ("title", "slug", "area"),
            hasattr(CardFields, field.short_name),
            field.short_name.startswith("phase_"),
            hasattr(PhaseFields, field.short_name),
            field.short_name not in asked,
        )
        part = parts.index(True) if True in parts else len(parts)
        return part, asked.index(field.short_name) if part == len(parts) else 0

    def draft(self, base: RuleSet, cities: Sequence[Traject]) -> TrajectDraft:
        """Return everything that was filled in; `base` has the rules that are not asked here."""
        return TrajectDraft(
            title=self.title.data or "",
            card=self.card(),
            phases=self.phases(),
            rules=self.rules(base),
            answer_days=self.answer_days.data or 0,
            already_decided=bool(self.already_decided.data),
            city_wide=bool(self.city_wide.data),
            after=next((traject for traject in cities if traject.id == self.after.data), None),
        )

    def refuse(self, verdict: Refused, field: Field | None = None) -> None:
        """Say why an action said no, at the field where it can be mended when there is one."""
        name = field_to_mend(verdict, self.kinds)
        super().refuse(verdict, self._fields.get(name, field))


def new_form(preset: Preset, today: date) -> TrajectForm:
    """Return the form for a traject by these rules, with the days and numbers that usually go with them."""
    first_day = preset.first_day_from(today)
    planned = preset.planned_from(first_day)
    starts = [(phase.level, phase.first_day) for phase in planned]
    rules = preset.rules_from(first_day)
    return _form(
        [phase.kind for phase in planned],
        rules,
        {
            "answer_days": preset.answer_days,
            **days_of(starts, max((phase.last_day for phase in planned), default=first_day)),
            **filled_in_rules(rules),
        },
    )


def edit_form(traject: Traject) -> TrajectForm:
    """Return the form for a draft as it stands; its address and area stay what they are."""
    card = traject.card()
    starts = [(phase.level, phase.starts_at.astimezone(AMSTERDAM).date()) for phase in traject.phases]
    last = traject.phases[-1].ends_at.astimezone(AMSTERDAM).date() - timedelta(days=1) if traject.phases else None
    form = _form(
        [phase.kind for phase in traject.phases],
        traject.ruleset(),
        {
            **asdict(card),
            "title": traject.title,
            "stakeholders": "\n".join(f"{group.name}: {group.reached}" for group in card.stakeholders),
            "assurance": str(card.assurance or ""),
            "answer_days": traject.answer_days,
            "already_decided": traject.already_decided,
            "city_wide": traject.city_wide,
            "after": traject.after_id or 0,
            **days_of(starts, last),
            **filled_in_rules(traject.ruleset()),
        },
    )
    del form.slug, form.area
    return form


def _form(kinds: Sequence[PhaseKind], rules: RuleSet, data: dict[str, Any]) -> TrajectForm:
    form = _form_for(tuple(kinds))(data=data)
    form.leave_out(kinds, rules)
    return form


@lru_cache(maxsize=64)
def _form_for(kinds: tuple[PhaseKind, ...]) -> type[TrajectForm]:
    """Return a form with fields for these phases, one after the other, and for every test of an idea."""
    return type("TrajectFormOfPhases", (TrajectForm,), {"kinds": kinds, **phase_fields(kinds), **weight_fields()})
