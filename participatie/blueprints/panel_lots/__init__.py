"""Lots of buurtpanels: bound in public, shown while they happen, and checked by anybody."""
