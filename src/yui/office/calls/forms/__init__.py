"""Forms of the calls."""
