"""Previews of files for staff: drawn in a short-lived process that knows nothing of ours."""

import asyncio
import sys

SECONDS = 10.0
AT_ONCE = 1
LARGEST = 1024 * 1024
_JPEG = b"\xff\xd8\xff"


class Previews:
    """Draws previews, one at a time."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)
        self._seconds = seconds

    async def draw(self, content: bytes) -> bytes | None:
        """A JPEG of what a file looks like; None when it looks like nothing, or cannot be drawn within limits."""
        async with self._places:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-s", "-m", "integrations.documents.preview"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={"PYTHONPATH": ":".join(path for path in sys.path if path), "LANG": "C.UTF-8"},
            )
            try:
                async with asyncio.timeout(self._seconds):
                    output, _ = await process.communicate(content)
            except TimeoutError:
                return None
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        return output if not process.returncode and output.startswith(_JPEG) and len(output) <= LARGEST else None
