"""People and organisations, their registrations, stages and consents, and what was said with them."""
