"""One spelling of every input: normalisation, quantities, dates, tokens. Used by every room."""

from tools.text.normalise import Normalised, normalise, to_traditional
from tools.text.quantities import Quantity, find_quantities, parse_amount

__all__ = ["Normalised", "Quantity", "find_quantities", "normalise", "parse_amount", "to_traditional"]
