"""Indexers that pool keys, and residual streams that are averaged at the end."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

COUNT = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
COLUMNS = {"indexer_pool": COUNT, "stream_head": COUNT}


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column("model_record", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.execute(f"ALTER TABLE model_record DROP COLUMN {name}")
