"""Addresses of offering a translation of what people wrote, and of passing it."""
