"""Prints one chat as its owner saw it."""

from rich.console import Console
from rich.markup import escape

from bot.demo.screen import Chat
from integrations.merchants import Merchant


def print_chat(chat: Chat, merchant: Merchant, console: Console) -> None:
    """Print every message in order; a card that was rewritten is printed as it stood last."""
    console.rule(escape(f"{merchant.names.legal} ({merchant.id})"))
    for message in chat.messages:
        if message.author == "owner":
            console.print(f"[bold cyan]{escape(merchant.profile.representative.name)}[/]: {escape(message.text)}\n")
            continue
        console.print(f"[bold green]Lendline[/]: {escape(message.text)}")
        if message.buttons:
            console.print("   " + "  ".join(f"[dim]{escape(f'[{button.label}]')}[/]" for button in message.buttons))
        console.print()
    console.rule()
