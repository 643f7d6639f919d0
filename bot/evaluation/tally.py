"""What is counted: right, wrong accepted, asked again, handed over; with the cases that were not right."""

from dataclasses import dataclass, field


@dataclass
class Tally:
    """How often one kind was right, taken wrongly, would be asked again, or went to a person for nothing."""

    right: int = 0
    wrong_accepted: int = 0
    asked_again: int = 0
    handed_over: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All that was said."""
        return self.right + self.wrong_accepted + self.asked_again + self.handed_over

    @property
    def accuracy(self) -> float:
        """The share that was right; 1 for an empty kind."""
        return self.right / self.total if self.total else 1.0

    def share(self, count: int) -> float:
        """`count` as a share of all."""
        return count / self.total if self.total else 0.0
