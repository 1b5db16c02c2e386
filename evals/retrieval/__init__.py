"""Questions for retrieval as data, and the fitting of what is covered."""
