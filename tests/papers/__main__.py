"""`python -m tests.papers DIR [--count N] [--seed N]`: makes a folder of test papers with its truth file."""

import argparse
from pathlib import Path

from tests.papers.making import COUNT, fill


def main() -> None:
    """Write the papers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    fill(given.folder, given.count, given.seed)


if __name__ == "__main__":
    main()
