"""Names and elements of values live in the tree of their key alone, not in a second one beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

VIEWS = {
    "names": "SELECT * FROM name",
    "model_values": "SELECT model, attribute, position, coalesce(number, value) AS value FROM model_value",
}
COLUMNS = {
    "name": ("kind", "key", "target", "text", "is_id", "write"),
    "model_value": ("model", "attribute", "position", "value", "number"),
}
KEYS = {"name": COLUMNS["name"][:3], "model_value": COLUMNS["model_value"][:3]}


def upgrade() -> None:
    move(with_rowid=False)


def downgrade() -> None:
    move(with_rowid=True)


def move(with_rowid: bool) -> None:
    """Make both tables anew, with or without a number for each row, in the order of their keys."""
    if op.get_bind().dialect.name == "postgresql":  # there a key is always a tree of its own
        return
    for view in VIEWS:
        op.execute(f"DROP VIEW {view}")
    op.drop_index("model_value_value", "model_value")
    for table, columns in COLUMNS.items():
        op.rename_table(table, f"former_{table}")
        create(table, with_rowid)
        listed = ", ".join(columns)
        op.execute(
            f"INSERT INTO {table} ({listed}) SELECT {listed} FROM former_{table} "
            f"ORDER BY {', '.join(KEYS[table])}"
        )
        op.drop_table(f"former_{table}")
    op.create_index(
        "model_value_value", "model_value", ["attribute", "value", "model"], unique=False
    )
    for view, query in VIEWS.items():
        op.execute(f"CREATE VIEW {view} AS {query}")


def create(table: str, with_rowid: bool) -> None:
    kinds = {
        "is_id": sa.Integer(), "write": sa.Integer(), "position": sa.Integer(), "number": sa.Float(),
    }  # fmt: skip
    op.create_table(
        table,
        *(
            sa.Column(name, kinds.get(name, sa.String()), nullable=name in {"write", "number"})
            for name in COLUMNS[table]
        ),
        sa.PrimaryKeyConstraint(*KEYS[table]),
        sqlite_with_rowid=with_rowid,
    )
