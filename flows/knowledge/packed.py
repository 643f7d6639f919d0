"""Rows of numbers, some with weights, kept in flat arrays: a tenth of the memory of tuples in lists."""

from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise


class Rows:
    """Rows of whole numbers."""

    def __init__(self, rows: Iterable[Iterable[int]]) -> None:
        self._numbers = array("I")
        self._ends = array("I", [0])
        for row in rows:
            self._numbers.extend(row)
            self._ends.append(len(self._numbers))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, row: int) -> "array[int]":
        return self._numbers[self._ends[row] : self._ends[row + 1]]

    def __iter__(self) -> "Iterator[array[int]]":
        return (self._numbers[start:end] for start, end in pairwise(self._ends))


class WeightedRows:
    """Rows of whole numbers, each number with a weight."""

    def __init__(self, rows: Iterable[tuple[list[int], list[float]]]) -> None:
        """Every row as its numbers and their weights."""
        self._numbers = array("I")
        self._weights = array("f")
        self._ends = array("I", [0])
        for numbers, weights in rows:
            self._numbers.extend(numbers)
            self._weights.extend(weights)
            self._ends.append(len(self._numbers))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, row: int) -> Iterator[tuple[int, float]]:
        start, end = self._ends[row], self._ends[row + 1]
        return zip(self._numbers[start:end], self._weights[start:end], strict=True)
