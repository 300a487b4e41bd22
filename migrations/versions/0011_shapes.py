"""What further architectures are told by: repeated layers, several attention blocks, narrow tables."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

COUNT = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
COLUMNS = {
    "n_decoder_positions": COUNT, "d_position": COUNT, "relative_position_norm": COUNT,
    "n_attention_blocks": COUNT, "global_projections": COUNT, "inner_norm": COUNT,
    "n_zero_experts": COUNT, "n_distinct_layers": COUNT,
    "residual_attention": COUNT, "ssm_gate": sa.String(), "expert_latent_norm": COUNT,
}  # fmt: skip


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column("model_record", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.execute(f"ALTER TABLE model_record DROP COLUMN {name}")
