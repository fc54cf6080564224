"""Addresses of the way of a voter: code, choose, check, cast."""
