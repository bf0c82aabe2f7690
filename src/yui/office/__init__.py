"""The commission: deliverables, papers, meetings, indicators and reports."""
