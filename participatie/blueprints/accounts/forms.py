"""What does somebody fill in to log in, and to say who they are?"""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import EmailField, SelectField, StringField
from wtforms.validators import Email, Regexp

from participatie.models.accounts import Account
from participatie.spelregels.accounts import LOGIN_CODE_DIGITS
from participatie.web.digits import latin_digits
from participatie.web.forms import Form, SelectChoice, at_most, required
from participatie.web.languages import NAMES

LIVES_ELSEWHERE = "0"


def _only_digits(typed: str | None) -> str | None:
    return typed and "".join(latin_digits(typed).split())


class EmailForm(Form):
    """Where to mail the code."""

    email = EmailField(
        _("E-mailadres"),
        [required(), at_most(254), Email(_("Dit is geen e-mailadres. Een voorbeeld: naam@voorbeeld.nl."))],
    )


class CodeForm(Form):
    """The code from the mail; spaces and digits of another script are fine."""

    code = StringField(
        _("Code uit de e-mail"),
        [required(), Regexp(rf"[0-9]{{{LOGIN_CODE_DIGITS}}}\Z", message=_("De code bestaat uit zes cijfers."))],
        filters=[_only_digits],
    )


class ProfileForm(Form):
    """How somebody is called, what they read, and where they live."""

    name = StringField(
        _("Naam"),
        [required(), at_most(80)],
        description=_("Deze naam staat bij uw ideeën. Alleen uw voornaam is ook goed."),
    )
    locale = SelectField(
        _("Taal"),
        [required()],
        choices=[SelectChoice(code, name) for code, name in NAMES.items()],
        description=_("In deze taal krijgt u de site en onze e-mails."),
    )
    area = SelectField(
        _("Buurt waar u woont"),
        [required()],
        description=_("U kunt ideeën indienen en steunen in uw eigen buurt, wijk en stadsdeel."),
    )


def profile_form(account: Account, buurten: list[SelectChoice]) -> ProfileForm:
    """Return the form with what is known of the account; nobody lives anywhere until they say so."""
    lives = str(account.area_id) if account.area_id else LIVES_ELSEWHERE if account.name else ""
    form = ProfileForm(data={"name": account.name, "locale": account.locale, "area": lives})
    form.area.choices = [
        SelectChoice("", gettext("Kies uw buurt")),
        *buurten,
        SelectChoice(LIVES_ELSEWHERE, gettext("Ik woon niet in deze gemeente")),
    ]
    return form
