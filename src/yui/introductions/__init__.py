"""Candidates with reasons, double opt-in introductions, and the ledger of who was shown, asked and passed over."""
