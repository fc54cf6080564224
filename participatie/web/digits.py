"""Which digits did somebody type? A keyboard may write other ones than 0 to 9, as an Arabic one does."""


def latin_digits(typed: str) -> str:
    """Return the text with every decimal digit of any script written as 0 to 9."""
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in typed)
