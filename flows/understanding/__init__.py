"""Offline reading of what an owner writes, in English and Chinese, with the standard library alone."""
