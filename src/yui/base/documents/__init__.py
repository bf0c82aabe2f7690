"""Word templates of a town, filled safely; Excel annexes; printed pages."""
