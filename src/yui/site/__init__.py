"""Composes what the wings offer into pages; owns nothing."""
