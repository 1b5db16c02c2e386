"""The policy library: briefs, passages, index, dated retrieval."""

from corpus.search import Library, Passage, SearchResult, open_library

__all__ = ["Library", "Passage", "SearchResult", "open_library"]
