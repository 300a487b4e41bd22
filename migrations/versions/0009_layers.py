"""What tells layers apart: widths of heads, shared keys and values, tables and norms of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS = {
    "n_relative_positions": sa.Integer(), "n_position_projections": sa.Integer(),
    "kv_source": sa.String(), "kv_source_pattern": sa.String(), "attention_gate": sa.String(),
    "attention_sinks": sa.Integer(), "o_lora_rank": sa.Integer(), "n_output_groups": sa.Integer(),
    "kv_compression_rate": sa.Integer(), "kv_compression_rate_min": sa.Integer(),
    "kv_compression_rate_max": sa.Integer(), "kv_compression_rate_pattern": sa.String(),
    "n_indexer_heads": sa.Integer(), "n_indexer_heads_min": sa.Integer(),
    "n_indexer_heads_max": sa.Integer(), "n_indexer_heads_pattern": sa.String(),
    "indexer_head_dim": sa.Integer(),
    "n_block_norms": sa.Integer(), "embedding_norm": sa.Integer(),
    "shared_expert_gate": sa.Integer(), "head_dim_min": sa.Integer(), "head_dim_max": sa.Integer(),
    "head_dim_pattern": sa.String(), "n_residual_streams": sa.Integer(),
    "d_shared_expert": sa.Integer(), "router_scales": sa.Integer(), "d_embedding": sa.Integer(),
    "d_per_layer_embedding": sa.Integer(), "ssm_kind": sa.String(),
}  # fmt: skip


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column("model_record", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.execute(f"ALTER TABLE model_record DROP COLUMN {name}")
