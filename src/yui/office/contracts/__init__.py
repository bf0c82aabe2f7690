"""契約: the contract behind a commission, its deposit, years, amendments, subcontracts and named staff."""
