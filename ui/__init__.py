"""Thin faces over the advisor: command line, HTTP service, page."""
