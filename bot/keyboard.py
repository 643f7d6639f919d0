"""Lines from a person at a keyboard: history, editing, and Tab over the labels that are on the screen."""

from collections.abc import AsyncIterator, Iterator

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.patch_stdout import patch_stdout

from bot.terminal import Terminal


class Labels(Completer):
    """Completes what is typed to a button's label."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Offer the labels that begin with the text."""
        del complete_event
        text = document.text.casefold()
        for label in self._terminal.labels:
            if label.casefold().startswith(text):
                yield Completion(label, start_position=-len(document.text))


async def typed(terminal: Terminal) -> AsyncIterator[str]:
    """Lines until Ctrl-D or Ctrl-C; what the assistant says meanwhile appears above the line being typed."""
    session: PromptSession[str] = PromptSession(completer=Labels(terminal), complete_while_typing=False)
    with patch_stdout(raw=True):
        while True:
            try:
                text = await session.prompt_async("> ")
            except (EOFError, KeyboardInterrupt):
                return
            if text.strip():
                yield text
