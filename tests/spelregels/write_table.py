"""Writes who_may_do_what.txt anew, after a change of rights: `python -m tests.spelregels.write_table`."""

from tests.spelregels.permission_table import FILE, as_text

if __name__ == "__main__":
    FILE.write_text(as_text(), encoding="utf-8")
