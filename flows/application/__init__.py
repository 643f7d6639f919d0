"""The loan application: fields, values with provenance, prefill, money, life cycle, product sheets."""
