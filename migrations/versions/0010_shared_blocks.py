"""Shared transformer blocks and their adapters, norms inside state layers, experts of a width of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COUNT = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
COLUMNS = {
    "d_expert_latent": COUNT, "n_shared_blocks": COUNT, "adapter_rank": COUNT,
    "ssm_norm": sa.String(),
}  # fmt: skip


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column("model_record", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.execute(f"ALTER TABLE model_record DROP COLUMN {name}")
