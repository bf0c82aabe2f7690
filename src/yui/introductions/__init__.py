"""Candidates, introductions and the ledger of fairness."""
