"""Experts of the attention, filters before its queries, and routers that attend."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

COUNT = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
COLUMNS = {"n_attention_experts": COUNT, "localized_filtering": COUNT, "attention_router": COUNT}


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column("model_record", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.execute(f"ALTER TABLE model_record DROP COLUMN {name}")
