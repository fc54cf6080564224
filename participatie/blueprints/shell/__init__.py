"""Addresses of what stands around the pages: the gemeente's own look, installing the site, and reading without a connection."""
