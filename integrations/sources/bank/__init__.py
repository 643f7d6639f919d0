"""Open banking: accounts, balances, transactions and the bank's identity check."""
