"""The business credit report: facts from the records an owner allowed, with no score of ours."""
