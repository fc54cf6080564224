"""Addresses of promises: what was promised, by whom, for which day, and how it stands."""
