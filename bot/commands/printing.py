"""How commands print tables: as wide as the terminal, and never cut when another program or a file reads them."""

from rich.console import Console

WIDTH = 160


def wide_console(*, stderr: bool = False) -> Console:
    """A console that colours only in a terminal and has room for a table where there is none."""
    console = Console(stderr=stderr, highlight=False)
    return console if console.is_terminal else Console(stderr=stderr, highlight=False, width=WIDTH)
