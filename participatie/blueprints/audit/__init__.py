"""Addresses of the log."""
