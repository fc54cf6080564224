"""How are money and moments written in the visitor's language? Amounts in cents, times in Amsterdam."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent

from participatie.web.languages import locale_code

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
#: In which country's way a language is written where that differs: days before months.
WRITTEN_AS = {"en": "en_GB"}


def euros(cents: int, currency: str = "EUR") -> str:
    """Write an amount of cents; whole amounts without decimals, as people write them."""
    return euros_in(locale_code(), cents, currency)


@lru_cache(maxsize=4096)
def euros_in(locale: str, cents: int, currency: str = "EUR") -> str:
    """Write an amount of cents in a language that is not the visitor's, as in a mail."""
    amount, locale = Decimal(cents) / 100, WRITTEN_AS.get(locale, locale)
    if cents % 100:
        return format_currency(amount, currency, locale=locale)
    pattern = Locale.parse(locale).currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(amount, currency, pattern, locale=locale, currency_digits=False)


def _way() -> str:
    return WRITTEN_AS.get(locale_code(), locale_code())


def number(value: int) -> str:
    """Write a whole number with the separators of the language."""
    return format_decimal(value, locale=_way())


def decimal(value: Fraction) -> str:
    """Write a number with one decimal, as the mean of scores."""
    return format_decimal(round(Decimal(value.numerator) / value.denominator, 1), "0.0", locale=_way())


def percent(permille: int) -> str:
    """Write tenths of a percent as a percentage, with its decimal where there is one."""
    return format_percent(Decimal(permille) / 1000, locale=_way(), decimal_quantization=False)


def day(value: date | datetime) -> str:
    """Write a date, as 3 mei 2026; a moment is first brought to Amsterdam."""
    return day_in(locale_code(), value)


def day_in(locale: str, value: date | datetime) -> str:
    """Write such a date in a language that is not the visitor's, as in a mail."""
    local = value.astimezone(AMSTERDAM).date() if isinstance(value, datetime) else value
    return _day(local, WRITTEN_AS.get(locale, locale))


def last_day(value: datetime) -> str:
    """Write the last day before a moment that itself no longer counts, as the end of a phase."""
    return last_day_in(locale_code(), value)


def last_day_in(locale: str, value: datetime) -> str:
    """Write such a day in a language that is not the visitor's, as in a mail."""
    local = value.astimezone(AMSTERDAM)
    whole = local.hour == local.minute == local.second == local.microsecond == 0
    return _day(date.fromordinal(local.toordinal() - 1) if whole else local.date(), WRITTEN_AS.get(locale, locale))


@lru_cache(maxsize=4096)
def _day(value: date, locale: str) -> str:
    return format_date(value, "long", locale=locale)


def moment(value: datetime) -> str:
    """Write a date with its time in Amsterdam."""
    return moment_in(locale_code(), value)


def moment_in(locale: str, value: datetime) -> str:
    """Write such a moment in a language that is not the visitor's, as in a mail."""
    return format_datetime(value, "d MMMM y HH:mm", tzinfo=AMSTERDAM, locale=WRITTEN_AS.get(locale, locale))


def last_minute(value: datetime) -> str:
    """Write the last minute before a moment that itself no longer counts: 23:59 is plainer than midnight the day after."""
    return last_minute_in(locale_code(), value)


def last_minute_in(locale: str, value: datetime) -> str:
    """Write that minute in a language that is not the visitor's, as in a letter."""
    way = WRITTEN_AS.get(locale, locale)
    return format_datetime(value - timedelta(minutes=1), "d MMMM y HH:mm", tzinfo=AMSTERDAM, locale=way)
