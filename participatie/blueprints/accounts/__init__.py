"""Addresses of logging in with a mailed code, and one's own page."""
