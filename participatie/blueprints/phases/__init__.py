"""Addresses of the life of an open traject: levels, terms, documents, news, the report, and closing."""
