"""Corrupt behaviour of a model, generated over real results; and sound answers in varied wording beside it."""
