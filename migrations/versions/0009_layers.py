"""What tells layers apart: widths of heads, shared keys and values, tables and norms of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COUNT = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
COLUMNS = {
    "n_relative_positions": COUNT, "n_position_projections": COUNT,
    "kv_source": sa.String(), "kv_source_pattern": sa.String(), "attention_gate": sa.String(),
    "attention_sinks": COUNT, "o_lora_rank": COUNT, "n_output_groups": COUNT,
    "kv_compression_rate": COUNT, "kv_compression_rate_min": COUNT,
    "kv_compression_rate_max": COUNT, "kv_compression_rate_pattern": sa.String(),
    "n_indexer_heads": COUNT, "n_indexer_heads_min": COUNT,
    "n_indexer_heads_max": COUNT, "n_indexer_heads_pattern": sa.String(),
    "indexer_head_dim": COUNT,
    "n_block_norms": COUNT, "embedding_norm": COUNT,
    "shared_expert_gate": COUNT, "head_dim_min": COUNT, "head_dim_max": COUNT,
    "head_dim_pattern": sa.String(), "n_residual_streams": COUNT,
    "d_shared_expert": COUNT, "router_scales": COUNT, "d_embedding": COUNT,
    "d_per_layer_embedding": COUNT, "ssm_kind": sa.String(),
}  # fmt: skip


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column("model_record", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.execute(f"ALTER TABLE model_record DROP COLUMN {name}")
