"""`lendline` and `python -m bot`: the commands, each in its own file and loaded only when it is called."""

import logging
import sys
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

import click
from pydantic import ValidationError

from bot import __version__
from bot.logs import configure
from bot.settings import Settings
from flows.errors import LendlineError

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "demo": "bot.commands.demo:demo",
        "chat": "bot.commands.chat:chat",
        "up": "bot.commands.serve:up",
        "web": "bot.commands.serve:web",
        "telegram": "bot.commands.serve:telegram",
        "worker": "bot.commands.serve:worker",
        "db": "bot.commands.database:db",
        "queue": "bot.commands.queue:queue",
        "staff": "bot.commands.staff:staff",
        "lender": "bot.commands.lender:lender",
        "report": "bot.commands.report:report",
        "packet": "bot.commands.packet:packet",
        "merchants": "bot.commands.listing:merchants",
        "sources": "bot.commands.sources:sources",
        "understand": "bot.commands.language:understand",
        "ask": "bot.commands.language:ask",
        "evaluate": "bot.commands.evaluate:evaluate",
        "knowledge": "bot.commands.checks:knowledge",
        "products": "bot.commands.checks:products",
        "papers": "bot.commands.papers:papers",
        "audit": "bot.commands.staff:audit",
        "doctor": "bot.commands.doctor:doctor",
    }
)


class Commands(click.Group):
    """A group that imports a command's file when the command is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which a newcomer meets them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="lendline")
def cli() -> None:
    """Lendline: a shop owner applies for a loan in a chat.

    Start with `lendline demo`, then `lendline chat` to try it yourself.
    """
    form = Settings().log
    configure(form, logging.INFO if form == "json" else logging.WARNING)


def main() -> None:
    """Run a command; every failure is one clear line on standard error and a non-zero exit."""
    try:
        cli(standalone_mode=False, prog_name="lendline")
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.exceptions.NoArgsIsHelpError as help_text:
        click.echo(help_text.ctx.get_help())
        sys.exit(2)
    except click.ClickException as error:
        click.echo(f"lendline: {error.format_message()}", err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("lendline: stopped", err=True)
        sys.exit(130)
    except (LendlineError, ValidationError) as error:
        click.echo(f"lendline: {_sentence(error)}", err=True)
        sys.exit(1)
    except BrokenPipeError:  # who read our output has gone
        sys.exit(1)
    except OSError as error:
        where = f"{error.filename}: " if error.filename is not None else ""
        click.echo(f"lendline: {where}{error.strerror or type(error).__name__}", err=True)
        sys.exit(1)


def _sentence(error: LendlineError | ValidationError) -> str:
    """One line that says what is wrong; of a wrong setting, which one and why, never its value."""
    if isinstance(error, LendlineError):
        return str(error)
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}. Correct this setting"


if __name__ == "__main__":
    main()
