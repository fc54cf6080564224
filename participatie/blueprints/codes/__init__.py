"""Addresses of voting codes: making, replacing and revoking them, one at the counter, and letting somebody else vote."""
