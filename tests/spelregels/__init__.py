"""The spelregels alone, without a database."""
