"""The pages of the wing: for everyone, for residents, for hosts and staff."""
