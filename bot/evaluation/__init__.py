"""Measures how well Lendline understands and answers, on labelled data in a folder."""
