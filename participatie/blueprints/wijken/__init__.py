"""Addresses of the areas and what happens in them."""
