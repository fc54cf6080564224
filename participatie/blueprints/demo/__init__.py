"""Addresses of what only a demo has: a mailbox anybody can read."""
