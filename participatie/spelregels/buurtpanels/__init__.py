"""What may be done about a buurtpanel: what it says beforehand, how its lot goes, and what its members do."""
