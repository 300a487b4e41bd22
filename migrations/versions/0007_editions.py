"""Editions of the curated layer, and what changed from one to the next."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

VIEWS = {"editions": "SELECT * FROM edition", "changes": "SELECT * FROM value_change"}


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("released", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=True),
        sa.Column("families", sa.Integer(), nullable=False),
        sa.Column("models", sa.Integer(), nullable=False),
        sa.Column("value_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    said = [
        sa.Column(f"{side}_{part}", sa.String(), nullable=True)
        for side in ("old", "new")
        for part in ("value", "status", "source", "locator", "title", "parameters")
    ]
    op.create_table(
        "value_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("models", sa.String(), nullable=False),
        sa.Column("attribute", sa.String(), nullable=True),
        *said,
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("value_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
    op.drop_table("value_change")
    op.drop_table("edition")
