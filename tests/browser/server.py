"""`lendline up` as a process on loopback, with what it printed."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

import httpx

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0  # a machine that is busy with other things starts slowly


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """Starts when entered and stops when left. `base` is its address, `printed` the lines it has printed."""

    def __init__(self, home: Path, *, host: str = "127.0.0.1", **settings: str) -> None:
        self.home = home
        self.port = free_port()
        self.base = f"http://{host}:{self.port}"
        self.env = {
            **os.environ,
            "LENDLINE_HOME": str(home),
            "LENDLINE_PUBLIC_URL": self.base,
            "PYTHONUNBUFFERED": "1",
            **settings,
        }
        self.printed: list[str] = []

    def __enter__(self) -> "Server":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "up", "--port", str(self.port)],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                if httpx.get(f"{self.base}/readyz", timeout=2).status_code == 200:
                    return self
            except httpx.HTTPError:
                pass
            time.sleep(0.05)
        self._stop()
        raise AssertionError("the server did not come up:\n" + "\n".join(self.printed))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def lendline(self, *args: str) -> str:
        """Run a command on this installation; what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *args],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            self.printed.extend(line.rstrip("\n") for line in lines)

    def _stop(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reading.join(5)
