"""What the machinery tells those who watch it. The base looks away; `bot.metrics` counts."""


class Observer:
    """Hears of turns, deliveries and background work. Labels are from fixed sets: never an owner's words or ids."""

    def turn(self, kind: str, outcome: str, seconds: float) -> None:
        """An event of a kind went through the door: `done`, `duplicate`, `unknown` or `failed`."""

    def overtaken(self) -> None:
        """A message took effect after a later one of the same chat."""

    def delivery(self, channel: str, outcome: str, seconds: float, *, cause: str) -> None:
        """A message left, or ended otherwise, so long after it was committed; `cause` is the kind of its event."""

    def pull(self, source: str, outcome: str, seconds: float) -> None:
        """A source has delivered (`done`) or failed with a fact."""

    def decision(self, outcome: str, seconds: float) -> None:
        """The scoring service has answered or not."""

    def model(self, task: str, outcome: str, seconds: float) -> None:
        """The language model has done a task (`done`) or gave nothing that could be used (`failed`)."""
