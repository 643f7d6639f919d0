"""How long reading one message takes, beside a trivial regex in the same process.

Run: uv run python -m benchmarks.understanding
"""

import re
import time
from datetime import date
from pathlib import Path

import yaml

from flows.understanding import read

KIT = Path(__file__).parents[1] / "tests" / "language" / "utterances"
TODAY = date(2026, 11, 24)
NAIVE = re.compile(r"[0-9][0-9,.]*")
LINES = 10_000


def messages() -> list[tuple[str, str, str | None]]:
    """The labelled utterances, repeated to 10,000 lines."""
    said = [
        (text, group["lang"], group.get("asked"))
        for path in sorted(KIT.glob("*.yaml"))
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))
        for text in group["say"]
    ]
    return (said * (LINES // len(said) + 1))[:LINES]


def main() -> None:
    lines = messages()
    for text, lang, asked in lines[:200]:
        read(text, lang, asked, today=TODAY)
    took = []
    for text, lang, asked in lines:
        start = time.perf_counter()
        read(text, lang, asked, today=TODAY)
        took.append(time.perf_counter() - start)
    start = time.perf_counter()
    for text, _, _ in lines:
        NAIVE.search(text)
    naive = (time.perf_counter() - start) / LINES
    took.sort()
    mean = sum(took) / LINES
    print(f"{LINES} messages in {sum(took):.2f} s: mean {mean * 1e3:.3f} ms")
    for share in (0.5, 0.95, 0.99, 0.999):
        print(f"p{share * 100:g} {took[int(LINES * share)] * 1e3:.3f} ms")
    print(f"worst {took[-1] * 1e3:.3f} ms; {mean / naive:.0f} times one trivial regex search ({naive * 1e6:.2f} us)")


if __name__ == "__main__":
    main()
