"""Planted faults: the product broken at run time in known ways, to see which suite notices. Product code has no hook for it."""
