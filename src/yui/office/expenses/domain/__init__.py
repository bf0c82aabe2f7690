"""What can be done with the budget, the ledger, statements and binders."""
