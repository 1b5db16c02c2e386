"""Benchmarks: side by side, ratios and medians; never assertions in tests."""
