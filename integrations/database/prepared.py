"""Statements that every turn runs: compiled once for each kind of database, then given to its driver as they are.

Measured: what SQLAlchemy does around the five statements of a turn costs as much as all else in it together, the
database's own work included.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as sa

Values = Mapping[str, object]
Row = Sequence[Any]
_Statement = sa.Select[Any] | sa.UpdateBase
_Convert = Callable[[Any], Any]


class _Compiled(NamedTuple):
    """`given` and `found` say at which places a value is to be converted for the driver, or from it."""

    sql: str
    pick: Callable[[Values], Row]
    fixed: Values
    given: tuple[tuple[int, _Convert], ...]
    found: tuple[tuple[int, _Convert], ...]


class Prepared:
    """One statement, or what makes it for a kind of database (`postgresql` or `sqlite`).

    An INSERT names the columns that it fills in `columns`; none has a default here.
    """

    def __init__(self, statement: _Statement | Callable[[str], _Statement], columns: Sequence[str] = ()) -> None:
        self._statement = statement
        self._columns = tuple(columns)
        self._compiled: dict[str, _Compiled] = {}

    def one(self, connection: sa.Connection, values: Values) -> Row | None:
        """Run the statement and give its only row, None when there is none."""
        compiled = self._for(connection)
        with Cursor(connection, compiled.sql) as cursor:
            cursor.execute(compiled.sql, _bound(compiled, values))
            row = cursor.fetchone()
        return None if row is None else _converted(row, compiled.found)

    def run(self, connection: sa.Connection, values: Values) -> int:
        """Run a statement that gives no rows; how many rows it hit."""
        compiled = self._for(connection)
        with Cursor(connection, compiled.sql) as cursor:
            cursor.execute(compiled.sql, _bound(compiled, values))
            hit: int = cursor.rowcount
        return hit

    def run_each(self, connection: sa.Connection, rows: Sequence[Values]) -> None:
        """Run a statement for each of several rows, in their order."""
        compiled = self._for(connection)
        with Cursor(connection, compiled.sql) as cursor:
            cursor.executemany(compiled.sql, [_bound(compiled, values) for values in rows])

    def _for(self, connection: sa.Connection) -> _Compiled:
        name = connection.dialect.name
        compiled = self._compiled.get(name)
        if compiled is None:
            compiled = self._compiled[name] = self._compile(connection.dialect)
        return compiled

    def _compile(self, dialect: sa.Dialect) -> _Compiled:
        statement = self._statement(dialect.name) if callable(self._statement) else self._statement
        compiled = statement.compile(dialect=dialect, column_keys=self._columns or None)
        names = tuple(compiled.positiontup or ())
        returned = statement.selected_columns if isinstance(statement, sa.Select) else statement.exported_columns
        return _Compiled(
            sql=str(compiled),
            pick=_picking(names),
            fixed={name: value for name, value in compiled.params.items() if value is not None},
            given=_places([_kind(compiled.binds[name], dialect).bind_processor(dialect) for name in names]),
            found=_places([_kind(column, dialect).result_processor(dialect, None) for column in returned]),
        )


class Cursor:
    """The driver's cursor for one statement. Its errors are told as SQLAlchemy tells them, without the values."""

    def __init__(self, connection: sa.Connection, sql: str) -> None:
        self._connection = connection
        self._sql = sql
        self._cursor = connection.connection.cursor()

    def __enter__(self) -> Any:  # noqa: ANN401 - whatever driver it is, PEP 249 says what it can do
        return self._cursor

    def __exit__(self, kind: object, error: BaseException | None, _trace: object) -> None:
        self._cursor.close()
        dialect = self._connection.dialect
        base = dialect.loaded_dbapi.Error
        if isinstance(error, base):
            gone = dialect.is_disconnect(error, self._connection.connection, self._cursor)
            if gone:
                self._connection.invalidate(error)
            raise sa.exc.DBAPIError.instance(
                self._sql, None, error, base, hide_parameters=True, connection_invalidated=gone, dialect=dialect
            ) from error


def _kind(typed: sa.BindParameter[Any] | sa.ColumnElement[Any], dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
    return typed.type.dialect_impl(dialect)


def _places(converts: Sequence[_Convert | None]) -> tuple[tuple[int, _Convert], ...]:
    return tuple((place, convert) for place, convert in enumerate(converts) if convert is not None)


def _picking(names: tuple[str, ...]) -> Callable[[Values], Row]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: [values[name] for name in names]


def _bound(compiled: _Compiled, values: Values) -> Row:
    return _converted(compiled.pick({**compiled.fixed, **values} if compiled.fixed else values), compiled.given)


def _converted(row: Row, converts: tuple[tuple[int, _Convert], ...]) -> Row:
    if not converts:
        return row
    changed = list(row)
    for place, convert in converts:
        changed[place] = convert(changed[place])
    return changed
