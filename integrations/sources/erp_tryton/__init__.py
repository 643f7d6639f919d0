"""Books: posted invoices, receivables and payables of a Tryton server."""
