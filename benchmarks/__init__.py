"""Benchmarks that measure speed and safety: `python -m benchmarks.NAME`; each prints JSON last."""
