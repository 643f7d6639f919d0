"""Prints one chat as its owner saw it."""

from rich.console import Console
from rich.markup import escape

from bot.demo.screen import Chat
from integrations.merchants import Merchant


def print_chat(chat: Chat, merchant: Merchant, console: Console) -> None:
    """Print everything in the order in which it came; `(rewritten)` marks a message that changed in place."""
    console.rule(escape(f"{merchant.names.legal} ({merchant.id})"))
    for message in chat.history:
        if message.author == "owner":
            console.print(f"[bold cyan]{escape(merchant.profile.representative.name)}[/]  {escape(message.text)}\n")
            continue
        mark = " [dim](rewritten)[/]" if message.edited else ""
        console.print(f"[bold green]Lendline[/]{mark}\n{escape(message.text)}")
        for row in message.rows:
            console.print("  ".join(f"[blue]{escape(f'[ {button.label} ]')}[/]" for button in row))
        console.print()
    console.rule()
