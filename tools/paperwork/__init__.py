"""Papers people hold in their hands: carrier bills and CBP Form 7501, read, recomputed and explained. Nothing is filed here."""
