"""Why files cannot be made into a report: facts that name the file, what is unclear and what to type."""

from dataclasses import dataclass, field

from flows.errors import LendlineError

INVOICES = "date=Date,counterparty=Customer,net=Net,tax=VAT,total=Total,side=Type,status=Status"
STATEMENT = "date=Date,in=Credit,out=Debit,balance=Balance"


@dataclass
class ColumnsUnclear(LendlineError):
    """The columns of a file do not say what they hold. Stop; the caller names them with `--columns`."""

    file: str
    what: str
    headings: tuple[str, ...] = ()
    example: str = ""

    def __str__(self) -> str:
        there = f" The file has: {', '.join(self.headings[:20])}." if self.headings else ""
        example = self.example or INVOICES
        return f'{self.file}: {self.what}.{there} Name the columns, for example --columns "{example}"'


@dataclass
class MapUnclear(LendlineError):
    """The value of `--columns` cannot be read. Stop."""

    what: str
    known: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        names = f" Known names: {', '.join(self.known)}." if self.known else ""
        return f'--columns: {self.what}.{names} For example --columns "{INVOICES}"'


@dataclass
class FileUnreadable(LendlineError):
    """A file cannot be read at all, or holds nothing that a report is made of. Stop, or leave the file out."""

    file: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}"
