"""`lendline report`: the business credit report, of an application or straight from a bookkeeper's files."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import click

from bot.commands.report_application import report_of
from bot.commands.report_folder import run_folder
from bot.settings import Settings
from bot.wiring import now, open_sealer
from flows import texts
from flows.application.report.beside import quoted
from flows.application.report.model import Report
from flows.application.report.writing import Writer
from integrations.lenders.packet_signature import public_key
from integrations.reports import signing
from integrations.reports.folder import Order, Service
from integrations.reports.making import REFERENCE, USUAL_TERM, Loan, Wish, make, stated
from integrations.reports.reading.mapping import NOTHING, read_map
from integrations.reports.reading.shelf import Wanted
from integrations.reports.writing import FORMS, Form, ReportWriter, titles
from integrations.scoring.client import open_scoring

MOST_BYTES = 20_000_000
MAKE = "make"


HELP = """Make the business credit report of an APPLICATION, or from files alone.

The files may be CSV in any usual encoding, workbooks, OFX, MT940, CAMT.053, UBL and more. Columns are found by
their headings, in English or Chinese: of a list of invoices date, counterparty, net, tax, total (two of the three
are enough), issued or received, valid or void, number; of a statement date, amount or money in and out, balance,
counterparty, description. Void rows do not count, credit notes are taken off.

Where headings do not tell, --columns does: name=Heading pairs with commas between, or a TOML or JSON file of them:

\b
  --columns "date=Datum,counterparty=Kunde,net=Netto,tax=USt,side=issued"
  --columns "kind=statement,date=Day,in=Credit,out=Debit,dates=day-first"
  --columns "side=Type,issued=SI,received=PI,status=State,void=X"

\b
Invoices   date counterparty counterparty_id net tax total side status number
           currency seller buyer seller_id buyer_id type due paid
Statements date amount in out balance direction counterparty description account
Not columns: kind=invoices|statement, dates=day-first|month-first,
           side=issued|received for a file of one side,
           issued= received= void= valid= credit_note= say which word means that
"""


class WithUsual(click.Group):
    """A group whose usual command needs no name: `lendline report --from-csv FILE -o OUT`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the usual command before what is none."""
        named = bool(args) and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named or not args else [MAKE, *args])

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the help of the usual command, and the others below it."""
        usual = self.commands[MAKE]
        usual.format_help(click.Context(usual, info_name=ctx.command_path), formatter)
        self.format_commands(ctx, formatter)


@click.group(cls=WithUsual, no_args_is_help=True)
def report() -> None:
    """Make a business credit report, or check one."""


@report.command(MAKE, hidden=True, help=HELP, options_metavar="[OPTIONS] -o OUT")
@click.argument("application", required=False)
@click.option(
    "--from-csv",
    "files",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="A list of invoices or sales, or a bank statement; again for more files of the same firm. A folder: each file "
    "or subfolder in it is a firm.",
)
@click.option("--columns", metavar="MAP", default="", help="Which column is what, see below.")
@click.option("--score", is_flag=True, help="Ask the scoring service and quote its decision, points and reasons.")
@click.option("--amount", type=Decimal, help="The loan that --score asks about; a month's sales when not given.")
@click.option("--term", type=click.IntRange(1, 600), default=USUAL_TERM, show_default=True, help="Its months.")
@click.option(
    "--fact", "facts", multiple=True, metavar="NAME=VALUE", help="An attribute that you state, as licence_age_m=40."
)
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language; that of the files when not given.")
@click.option("--currency", metavar="CODE", default="", help="Currency of files that name none, as GBP or CNY.")
@click.option("--business", metavar="NAME", default="", help="Whose files these are.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the report looks back from; when not given, the day after the last month in the files.",
)
@click.option("--names", is_flag=True, help="Name customers and suppliers instead of shortening their names.")
@click.option(
    "-o",
    "--output",
    "out",
    required=True,
    type=click.Path(path_type=Path),
    help="FILE.pdf or FILE.json; for a folder of firms FILE.csv, or a folder that gets a report of each as well.",
)
@click.option(
    "--form", type=click.Choice(FORMS), default="pdf", show_default=True, help="Of the reports in an output folder."
)
def make_report(
    *,
    application: str | None,
    files: tuple[Path, ...],
    columns: str,
    amount: Decimal | None,
    term: int,
    facts: tuple[str, ...],
    lang: str | None,
    currency: str,
    business: str,
    as_of: datetime | None,
    out: Path,
    form: Form,
    score: bool,
    names: bool,
) -> None:
    """Carry out the usual command."""
    if bool(files) == bool(application):
        raise click.ClickException("name an application, or files with --from-csv")
    settings = Settings()
    private = open_sealer(settings).derived(signing.PURPOSE)[0]
    if application is not None:
        _require_form(out)
        made, owners = asyncio.run(report_of(application))
        _finish(made, out, lang or owners, private)
        return
    wanted = Wanted(
        today=now().date(),
        columns=read_map(columns) if columns else NOTHING,
        currency=_code(currency),
        business=business.strip(),
        as_of=as_of.date() if as_of is not None else None,
    )
    by = urlsplit(settings.scoring_url).hostname if settings.scoring_url is not None else None
    loan = Loan(amount, term, by or REFERENCE) if score else None
    wish = Wish(wanted, names=names, stated=stated(facts), loan=loan)
    token = settings.scoring_token.get_secret_value() if settings.scoring_token is not None else ""
    service = Service(settings.scoring_url, token, settings.products)
    if any(each.is_dir() for each in files):
        run_folder(files, Order(wish, now(), service, private, lang or "", form), out)
        return
    _require_form(out)
    made, chinese = asyncio.run(_made(files, wish, service))
    _finish(made, out, lang or ("zh" if chinese else "en"), private)


@report.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", "keys", multiple=True, help="A trusted key in base64; without one, this installation's keys.")
def verify(file: Path, keys: tuple[str, ...]) -> None:
    """Check offline that the report in FILE (JSON) is as it was signed."""
    if file.stat().st_size > MOST_BYTES:
        raise click.ClickException(f"{file} is larger than {MOST_BYTES} bytes")
    trusted = keys or tuple(public_key(each) for each in open_sealer(Settings()).derived(signing.PURPOSE))
    found, key = signing.verified(file.read_bytes(), trusted)
    click.echo(f"report       {found.reference}")
    click.echo(f"business     {found.business.name}")
    click.echo(f"as of        {found.as_of}")
    click.echo(f"issued at    {found.issued_at:%Y-%m-%d %H:%M:%S} UTC")
    click.echo(f"signed with  {key}")
    click.echo("The report is as it was signed.")


@report.command()
def schema() -> None:
    """Print the JSON Schema of a report."""
    click.echo(signing.schema(), nl=False)


async def _made(files: tuple[Path, ...], wish: Wish, service: Service) -> tuple[Report, bool]:
    """The report of one firm, and whether its files are in Chinese."""
    if wish.loan is None:
        made, firm = await make(files, wish, now())
    else:
        async with open_scoring(service.url, service.token, service.products) as scoring:
            made, firm = await make(files, wish, now(), scoring)
    return made, firm.chinese


def _require_form(out: Path) -> None:
    if out.suffix.casefold().removeprefix(".") not in FORMS:
        raise click.ClickException(f"{out}: name a file that ends in .pdf or .json")


def _finish(made: Report, out: Path, lang: str, private: bytes) -> None:
    ReportWriter(private).write(made, out, lang)
    for line in _said(made, out, lang):
        click.echo(line)


def _said(made: Report, out: Path, lang: str) -> Iterator[str]:
    """What was made, what was skipped on the way, and what the scoring service says."""
    yield f"{out}: {made.reference}, {made.business.name}, {made.records:,} records, {made.window or 'no full month'}"
    for each in made.sources:
        if each.left_out or each.unread:
            yield f"{each.file}: {each.left_out} rows left out, {each.unread} rows could not be read"
    writer = Writer(texts.load(), lang, made, titles(lang))
    for note in made.notes:
        yield writer.t(f"note.{note}")
    for opinion in made.opinions:
        yield from quoted(writer, opinion)


def _code(currency: str) -> str:
    code = currency.strip().upper()
    if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise click.ClickException(f"--currency {currency}: name a code of three letters, as GBP or CNY")
    return code
