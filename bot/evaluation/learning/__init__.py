"""Learns the weights of `flows.understanding.learned` from labelled sentences, always the same ones from the same."""
