"""Offline reading of what an owner writes, in English and Chinese, with the standard library alone."""

from flows.understanding.reader import read
from flows.understanding.reading import Act, Reading, ReadValue, Route, Unclear

__all__ = ["Act", "ReadValue", "Reading", "Route", "Unclear", "read"]
