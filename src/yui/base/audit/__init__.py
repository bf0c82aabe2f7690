"""What was done and what was looked at: ids, acts and field names, never values; chained by a sealing job."""
