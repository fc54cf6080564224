"""Addresses of the work list of staff."""
