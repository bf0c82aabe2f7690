"""Calls for proposals: announcement, papers, scoring, notices."""
