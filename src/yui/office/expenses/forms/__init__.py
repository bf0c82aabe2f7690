"""Forms of the ledger's pages."""
