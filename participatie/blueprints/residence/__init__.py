"""Addresses of where somebody lives for sure, and of the codes that prove it."""
