"""Addresses of the seats of a buurtpanel: coming in with a code, a member's own page, and who sits there."""
