"""Workbooks (XLSX, XLS, ODS) as rows of text. Nothing in them is computed: a formula is what it last showed."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from lzma import LZMAError

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from integrations.documents.document import MOST_ROWS, MOST_UNPACKED, Unreadable
from integrations.documents.table import LONGEST_CELL, MOST_COLUMNS, Row
from integrations.documents.text import plain

MOST_PARTS = 1_000
MOST_SHEETS = 20
_KNOWN = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_STEP = 1024 * 1024


def is_workbook(content: bytes) -> bool:
    """Whether a zip file is a workbook. Raises Unreadable for a broken zip file or one that unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            known = any(part.filename in _KNOWN for part in parts)
            small = known and len(parts) <= MOST_PARTS and _unpacked(archive, parts) <= MOST_UNPACKED
    except RuntimeError as error:  # how zipfile says that a part is encrypted
        raise Unreadable("locked", "zip") from error
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error, LZMAError) as error:
        raise Unreadable("damaged", "zip") from error
    if known and not small:
        raise Unreadable("too_large", "unpacked")
    return known


def sheets(content: bytes) -> Iterator[list[Row]]:
    """The rows of each visible sheet. Raises Unreadable."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names[:MOST_SHEETS]:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > MOST_ROWS + 1000:
                raise Unreadable("too_many_rows")
            if sheet.total_height * min(sheet.total_width, MOST_COLUMNS) > MOST_ROWS * 40:
                raise Unreadable("too_large", "cells")
            yield [[_written(cell) for cell in row[:MOST_COLUMNS]] for row in sheet.to_python(skip_empty_area=True)]
    except PasswordError as error:
        raise Unreadable("locked", "workbook") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Unreadable("damaged", "workbook") from error


def _unpacked(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> int:
    """How many bytes really come out, counted until they are too many: the sizes a zip file claims can lie."""
    total = 0
    for part in parts:
        with archive.open(part) as file:
            while total <= MOST_UNPACKED and (piece := file.read(_STEP)):
                total += len(piece)
    return total


def _written(cell: object) -> str:
    if isinstance(cell, str):
        return plain(cell[:LONGEST_CELL])
    if isinstance(cell, bool) or cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else _rounded(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)[:LONGEST_CELL]


def _rounded(number: float) -> str:
    """A workbook keeps 0.30000000000000004 for what it shows as 0.3: six places are more than money has."""
    if number != number or abs(number) >= 1e15:  # noqa: PLR0124 - not a number
        return ""
    return format(Decimal(str(round(number, 6))), "f")
