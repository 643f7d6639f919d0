"""What a process that reads somebody's file may use: memory, processor time and time; it writes no file."""

import signal
from dataclasses import dataclass
from typing import Literal

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """`memory` in bytes: of address space, or of data where libraries reserve more space than they use.

    `processor` is seconds of processor time, `seconds` how long the process may live at most.
    """

    memory: int
    of: Literal["space", "data"]
    processor: int
    seconds: int

    def hold(self) -> None:
        """Bind this process. What it exceeds ends it, or fails as a MemoryError."""
        try:
            import resource  # noqa: PLC0415 - not on every system
        except ImportError:
            return
        kind = resource.RLIMIT_AS if self.of == "space" else resource.RLIMIT_DATA
        resource.setrlimit(kind, (self.memory, self.memory))
        resource.setrlimit(resource.RLIMIT_CPU, (self.processor, self.processor))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a pipe or socket is no file: the answer still gets out
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(self.seconds)
