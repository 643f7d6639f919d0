"""Run by Alembic: the connection comes from `migrations._change`."""

from alembic import context
from sqlalchemy.sql.schema import SchemaItem

from integrations.database.tables import metadata


def ours(_item: SchemaItem, name: str | None, kind: str, reflected: bool, _other: SchemaItem | None) -> bool:
    """Leave alone what others keep in the same database, such as the tables of the workflow engine."""
    return not (kind == "table" and reflected and name not in metadata.tables)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    include_object=ours,
)
with context.begin_transaction():
    context.run_migrations()
