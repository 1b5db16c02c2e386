"""The search for codes: everyday goods with their codes, and how its weights are learned."""
