"""Addresses of registering for a panel: by letter, at a desk, from a file; the list of addresses, and their letters."""
