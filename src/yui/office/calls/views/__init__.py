"""What is asked of calls and what is answered, page by page."""
