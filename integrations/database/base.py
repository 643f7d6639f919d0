"""What all tables have in common: column types, and names of constraints that are the same on every database."""

import sqlalchemy as sa
from sqlmodel import SQLModel

# SQLite numbers rows by itself only when the key is exactly INTEGER.
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SEALED = sa.LargeBinary()

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(SQLModel):
    """Base of all tables; constraints get the same names on every database."""

    metadata = sa.MetaData(naming_convention=_NAMES)
