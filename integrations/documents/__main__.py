"""`python -m integrations.documents DESK [FD]`: reads files within limits, each in a process of its own.

With FD, a socket that its maker holds: gets ready once, then forks for each file. What is forked reads one file from
the socket that came with the call, answers, and ends, so no file meets another one and none leaves memory behind.
Without: reads one file from standard input. An end of what stands at the other side ends it as well.
"""

import gc
import os
import signal
import socket
import sys

from integrations.documents.desks import BRIEF, Spec, Work, answer, spec_of
from integrations.documents.document import MOST_BYTES


def main() -> None:
    """Serve one desk."""
    spec = spec_of(sys.argv[1])
    if hasattr(os, "nice"):
        os.nice(spec.nice)
    work = spec.ready()
    if len(sys.argv) > 2:
        _serve(spec, work, socket.socket(fileno=int(sys.argv[2])))
    else:
        content = sys.stdin.buffer.read(MOST_BYTES + 1)
        spec.limits.hold()
        sys.stdout.buffer.write(answer(work, content, brief=False))


def _serve(spec: Spec, work: Work, calls: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them: their answer says how they ended
    gc.collect()
    gc.freeze()
    while True:
        called, sockets, _, _ = socket.recv_fds(calls, 1, 1)
        if not called:
            return
        if os.fork() == 0:
            try:
                calls.close()
                _one(spec, work, socket.socket(fileno=sockets[0]), brief=called == BRIEF)
            finally:
                os._exit(0)
        for each in sockets:
            os.close(each)


def _one(spec: Spec, work: Work, caller: socket.socket, *, brief: bool) -> None:
    spec.limits.hold()
    with caller, caller.makefile("rb") as stream:
        caller.sendall(answer(work, stream.read(MOST_BYTES + 1), brief=brief))


if __name__ == "__main__":
    main()
