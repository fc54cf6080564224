"""Pages of a buurtpanel: what it is for, and preparing it."""
