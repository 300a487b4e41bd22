"""Evidence that a program can find again: how a source was read, and figures as they are printed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OF_SOURCES = {
    "read": sa.String(), "via": sa.String(), "sha256": sa.String(), "length": sa.Integer(),
}  # fmt: skip


def upgrade() -> None:
    for name, kind in OF_SOURCES.items():
        op.add_column("source", sa.Column(name, kind, nullable=True))
    op.add_column("claim", sa.Column("printed", sa.String(), nullable=True))


def downgrade() -> None:
    op.execute("ALTER TABLE claim DROP COLUMN printed")
    for name in OF_SOURCES:
        op.execute(f"ALTER TABLE source DROP COLUMN {name}")
