"""Long work: runs with progress, a lease, and pieces that are each done once."""
