"""What is typed about calls, page by page."""
