"""Cases for customs calculators of any make, and what runs them; README.md tells how to take part."""
