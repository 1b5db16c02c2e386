"""Messages by what they ask for, and the fitting of the model that tells it (`advisor/offline/acts.py`)."""
