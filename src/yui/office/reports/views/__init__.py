"""Pages of the monthly report and of the Word forms."""
