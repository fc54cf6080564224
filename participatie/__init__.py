"""Burgerparticipatie and wijkbudgetten whose spelregels the software enforces."""
