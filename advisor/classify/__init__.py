"""Codes looked up with a model: it proposes headings, reads notes and the tree, and what it hands in is checked piece by piece.

The answer is the search's own (`tools/tariff/search/models.py`): same fields, same messages, and nothing of the model's wording.
The walk itself is `door.look_up`; it loads the chat model's library and is imported where a model is asked.
"""
