"""`python -m integrations.documents.papers`: reads one picture or scan from standard input, within limits, as JSON.

A process of its own for each paper: the engine's memory grows with every shape of picture it sees.
"""

import json
import os
import sys

from integrations.documents.document import MOST_BYTES, Unreadable
from integrations.documents.wire import PAPER

MEMORY = 1000 * 1024 * 1024  # bytes of data; what is in use stays below
NICE = 5
SECONDS = 15  # of processor time; a photo takes two or three, on a busy machine up to eight


def main() -> None:
    """Read and answer: `{"paper": ...}` or `{"fact": ..., "detail": ...}`."""
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    from integrations.documents.papers.looking import look  # noqa: PLC0415 - libraries are loaded before the limits hold

    _limit()
    _step_back()
    try:
        answer = b'{"paper":' + PAPER.dump_json(look(content)) + b"}"
    except Unreadable as error:
        answer = json.dumps({"fact": error.fact, "detail": error.detail}).encode()
    except Exception as error:
        answer = json.dumps({"fact": "too_slow", "detail": type(error).__name__}).encode()
    sys.stdout.buffer.write(answer)


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a pipe is no file: the answer still gets out


def _step_back() -> None:
    """Whoever is in a conversation comes first."""
    if hasattr(os, "nice"):
        os.nice(NICE)


if __name__ == "__main__":
    main()
