"""Invoices and lists of invoices that the owner sends as files."""
