"""Addresses of making one idea of two."""
