"""The records of a commission: deliverables, papers, minutes, indicators and monthly reports."""
