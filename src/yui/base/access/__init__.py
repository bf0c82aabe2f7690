"""Who may do what: one list of permissions, one page of roles, one way to ask."""
