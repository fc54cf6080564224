"""Addresses of the place of an idea."""
