"""Reading of trade papers: invoices, packing lists, entry summaries, tax bills. Values with their evidence, never a guess."""
