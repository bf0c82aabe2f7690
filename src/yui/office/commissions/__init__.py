"""Commissions, engagements, deliverables, papers and meetings."""
