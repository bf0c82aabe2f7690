"""Targets over measures."""
