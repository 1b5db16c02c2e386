"""Evaluations: cases a broker can read, scorers, variants, runner, benchmarks."""
