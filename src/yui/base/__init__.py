"""What every wing stands on, from the tenant outwards to the user interface."""
