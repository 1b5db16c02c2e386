"""What a support desk of a given size would need: measured costs, a simulated busy hour, and what breaks first."""
