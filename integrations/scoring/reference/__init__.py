"""The reference scoring service: a program of its own behind the scoring contract, for demos and tests."""
