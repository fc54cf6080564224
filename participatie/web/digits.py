"""Which digits did somebody type? A keyboard may write other ones than 0 to 9, as an Arabic one does."""


def latin_digits(typed: str) -> str:
    """Return the text with every decimal digit of any script written as 0 to 9."""
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in typed)


def latin_filter(typed: str | None) -> str | None:
    """Do the same as the filter of a form field, which may be empty."""
    return latin_digits(typed) if typed is not None else None
