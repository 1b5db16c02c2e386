"""Goods in words to candidate codes: names and phrases of the lexicon, ranked; with reasons and the question that separates."""
