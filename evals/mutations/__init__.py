"""Faults that somebody could make in any room, and the tests that notice them."""
