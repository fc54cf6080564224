"""Addresses of the home page, the Spelregels page and the pages every site owes."""
