"""Turns an event into a decision: what the owner hears, what changes, what is to be done."""
