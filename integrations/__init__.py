"""The systems Lendline calls: sources of records, scoring, lenders, language model, database."""
