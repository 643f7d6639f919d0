"""A second set of papers, composed without a look at the readers: other issuers, wording, order and ways of taking."""
