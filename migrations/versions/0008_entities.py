"""Entities: datasets, benchmarks, licences, tokenizers and machines, and more about publishers.

Keys of names spell a plus that ends a word: `Command R+` is `commandrplus`, not `commandr`.
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OF_ORGANIZATIONS = ("about", "became")


def upgrade() -> None:
    for name in OF_ORGANIZATIONS:
        op.add_column("organization", sa.Column(name, sa.String(), nullable=True))
    op.create_table(
        "entity",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("aliases", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("part_of", sa.String(), nullable=True),
        sa.Column("exact", sa.String(), nullable=False),
        sa.Column("named", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id"),
    )
    op.execute("CREATE VIEW entities AS SELECT * FROM entity")
    rewrite(_key)


def downgrade() -> None:
    rewrite(lambda text: _key(text, plus=""))
    op.execute("DROP VIEW entities")
    op.drop_table("entity")
    for name in OF_ORGANIZATIONS:
        op.execute(f"ALTER TABLE organization DROP COLUMN {name}")


def rewrite(key) -> None:
    """Give every name with a plus its new key; a name that is there already stays."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":  # every push writes its rows anew
        return
    rows = connection.execute(
        sa.text("SELECT rowid, key, text FROM name WHERE text LIKE '%+%' OR text LIKE '%＋%'")
    ).fetchall()
    for rowid, old, text in rows:
        if (new := key(text)) != old:
            connection.execute(
                sa.text("UPDATE OR IGNORE name SET key = :new WHERE rowid = :rowid"),
                {"new": new, "rowid": rowid},
            )


def _key(text: str, plus: str = "plus") -> str:
    """`vocabulary.fold` as it was when this was written."""
    plain = unicodedata.normalize("NFKC", text).replace("×", "x").lower()
    signs = r"(?P<number>(?<=\d)[\W_]+(?=\d))|(?P<plus>(?<=\w)\++(?!\w))|[\W_]+"
    return re.sub(
        signs,
        lambda s: (
            plus * len(s["plus"] or "") if s["number"] is None else "." if s[0] == "." else "-"
        ),
        plain,
    )
