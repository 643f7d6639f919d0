"""A bookkeeper's files as records: lists of invoices and sales, bank statements, and what else documents reads."""
