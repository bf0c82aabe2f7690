"""潜在候補: hearings, prospects, invitations, benefits shown, lists of candidates. Apart from the registered."""
