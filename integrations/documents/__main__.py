"""`python -m integrations.documents`: reads one file from standard input, within limits, as JSON to standard output.

A process of its own, so that a file made to exhaust or crash a reader takes nothing with it.
"""

import json
import sys

from integrations.documents.document import MOST_BYTES, PaperReading, Unreadable
from integrations.documents.wire import DOCUMENT, PAPER

MEMORY = 600 * 1024 * 1024  # bytes of address space; what is in use stays below 500 MB
SECONDS = 6  # of processor time


def main() -> None:
    """Read and answer: `{"ok": ...}`, `{"paper": ...}` or `{"fact": ..., "detail": ...}`."""
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    from integrations.documents.recognise import look  # noqa: PLC0415 - libraries are loaded before the limits hold

    _limit()
    try:
        found = look(content)
        if isinstance(found, PaperReading):
            answer = b'{"paper":' + PAPER.dump_json(found) + b"}"
        else:
            answer = b'{"ok":' + DOCUMENT.dump_json(found) + b"}"
    except Unreadable as error:
        answer = json.dumps({"fact": error.fact, "detail": error.detail}).encode()
    except MemoryError:
        answer = b'{"fact": "too_large", "detail": "memory"}'
    sys.stdout.buffer.write(answer)


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a pipe is no file: the answer still gets out


if __name__ == "__main__":
    main()
