"""Units of the trade: how many of one make another. Definitions, not law."""

LITRES_OF_A_KILOLITRE = 1000
KILOGRAMS_OF_A_TONNE = 1000
STICKS_OF_A_THOUSAND = 1000
