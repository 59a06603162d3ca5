"""Measures the application against what a user would take instead, on one machine in one run."""
