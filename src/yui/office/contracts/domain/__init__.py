"""What can be done with a contract."""
