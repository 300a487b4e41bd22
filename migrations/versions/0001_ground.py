"""The ground: models, claims, sources, techniques, the public views and the text index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

COUNT = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
"""SQLite's integers have 64 bits."""

VIEWS = {
    "models": "SELECT * FROM model_record",
    "model_values": "SELECT model, attribute, position, coalesce(number, value) AS value FROM model_value",
    "claims": "SELECT * FROM claim",
    "sources": "SELECT * FROM source",
    "families": "SELECT * FROM family",
    "organizations": "SELECT * FROM organization",
    "techniques": "SELECT * FROM technique",
    "topics": "SELECT * FROM topic",
    "names": "SELECT * FROM name",
}


def upgrade() -> None:
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("attribute", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("locator", sa.String(), nullable=True),
        sa.Column("layer", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("parameters", sa.String(), nullable=True),
        sa.Column("preferred", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("claim_subject", "claim", ["subject_kind", "subject"], unique=False)
    op.create_table(
        "fact",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "family",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=True),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("layer", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "model",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.String(), nullable=True),
        sa.Column("variant", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_model_family", "model", ["family"], unique=False)
    op.create_table(
        "model_record",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.String(), nullable=True),
        sa.Column("variant", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("organization", sa.String(), nullable=True),
        sa.Column("release_date", sa.String(), nullable=True),
        sa.Column("release_date_min", sa.String(), nullable=True),
        sa.Column("release_date_max", sa.String(), nullable=True),
        sa.Column("based_on", sa.String(), nullable=True),
        sa.Column("languages", sa.String(), nullable=True),
        sa.Column("modalities", sa.String(), nullable=True),
        sa.Column("knowledge_cutoff", sa.String(), nullable=True),
        sa.Column("knowledge_cutoff_min", sa.String(), nullable=True),
        sa.Column("knowledge_cutoff_max", sa.String(), nullable=True),
        sa.Column("architecture", sa.String(), nullable=True),
        sa.Column("mixer", sa.String(), nullable=True),
        sa.Column("mixer_pattern", sa.String(), nullable=True),
        sa.Column("sparsity", sa.String(), nullable=True),
        sa.Column("params_total", COUNT, nullable=True),
        sa.Column("params_reported", COUNT, nullable=True),
        sa.Column("params_active", COUNT, nullable=True),
        sa.Column("objective", sa.String(), nullable=True),
        sa.Column("training_data", sa.String(), nullable=True),
        sa.Column("training_tokens", COUNT, nullable=True),
        sa.Column("preprocessing", sa.String(), nullable=True),
        sa.Column("tokenizer", sa.String(), nullable=True),
        sa.Column("tokenizer_library", sa.String(), nullable=True),
        sa.Column("vocab_size", COUNT, nullable=True),
        sa.Column("positional_encoding", sa.String(), nullable=True),
        sa.Column("positional_encoding_pattern", sa.String(), nullable=True),
        sa.Column("rope_theta", sa.Float(), nullable=True),
        sa.Column("rope_scaling", sa.String(), nullable=True),
        sa.Column("n_positions", COUNT, nullable=True),
        sa.Column("n_token_types", COUNT, nullable=True),
        sa.Column("attention", sa.String(), nullable=True),
        sa.Column("attention_pattern", sa.String(), nullable=True),
        sa.Column("attention_mask", sa.String(), nullable=True),
        sa.Column("attention_span", sa.String(), nullable=True),
        sa.Column("attention_span_pattern", sa.String(), nullable=True),
        sa.Column("sliding_window", COUNT, nullable=True),
        sa.Column("q_lora_rank", COUNT, nullable=True),
        sa.Column("kv_lora_rank", COUNT, nullable=True),
        sa.Column("qk_nope_head_dim", COUNT, nullable=True),
        sa.Column("qk_rope_head_dim", COUNT, nullable=True),
        sa.Column("v_head_dim", COUNT, nullable=True),
        sa.Column("activation", sa.String(), nullable=True),
        sa.Column("gated_ffn", COUNT, nullable=True),
        sa.Column("d_ff", COUNT, nullable=True),
        sa.Column("d_ff_min", COUNT, nullable=True),
        sa.Column("d_ff_max", COUNT, nullable=True),
        sa.Column("d_ff_pattern", sa.String(), nullable=True),
        sa.Column("normalization", sa.String(), nullable=True),
        sa.Column("norm_placement", sa.String(), nullable=True),
        sa.Column("qk_norm", sa.String(), nullable=True),
        sa.Column("bias", sa.String(), nullable=True),
        sa.Column("parallel_blocks", COUNT, nullable=True),
        sa.Column("ffn_kind", sa.String(), nullable=True),
        sa.Column("ffn_kind_pattern", sa.String(), nullable=True),
        sa.Column("n_experts", COUNT, nullable=True),
        sa.Column("n_experts_active", COUNT, nullable=True),
        sa.Column("n_shared_experts", COUNT, nullable=True),
        sa.Column("d_expert", COUNT, nullable=True),
        sa.Column("context_length", COUNT, nullable=True),
        sa.Column("context_length_min", COUNT, nullable=True),
        sa.Column("context_length_max", COUNT, nullable=True),
        sa.Column("context_length_pretraining", COUNT, nullable=True),
        sa.Column("n_layers", COUNT, nullable=True),
        sa.Column("n_encoder_layers", COUNT, nullable=True),
        sa.Column("n_decoder_layers", COUNT, nullable=True),
        sa.Column("d_model", COUNT, nullable=True),
        sa.Column("n_heads", COUNT, nullable=True),
        sa.Column("n_heads_min", COUNT, nullable=True),
        sa.Column("n_heads_max", COUNT, nullable=True),
        sa.Column("n_heads_pattern", sa.String(), nullable=True),
        sa.Column("n_kv_heads", COUNT, nullable=True),
        sa.Column("n_kv_heads_min", COUNT, nullable=True),
        sa.Column("n_kv_heads_max", COUNT, nullable=True),
        sa.Column("n_kv_heads_pattern", sa.String(), nullable=True),
        sa.Column("head_dim", COUNT, nullable=True),
        sa.Column("tied_embeddings", COUNT, nullable=True),
        sa.Column("ssm_state_size", COUNT, nullable=True),
        sa.Column("ssm_expand", sa.Float(), nullable=True),
        sa.Column("ssm_n_heads", COUNT, nullable=True),
        sa.Column("ssm_n_groups", COUNT, nullable=True),
        sa.Column("conv_kernel", COUNT, nullable=True),
        sa.Column("batch_size", COUNT, nullable=True),
        sa.Column("batch_size_unit", sa.String(), nullable=True),
        sa.Column("batch_size_tokens", COUNT, nullable=True),
        sa.Column("evaluation", sa.String(), nullable=True),
        sa.Column("post_training", sa.String(), nullable=True),
        sa.Column("optimizer", sa.String(), nullable=True),
        sa.Column("learning_rate", sa.Float(), nullable=True),
        sa.Column("lr_schedule", sa.String(), nullable=True),
        sa.Column("warmup", sa.Float(), nullable=True),
        sa.Column("warmup_unit", sa.String(), nullable=True),
        sa.Column("weight_decay", sa.Float(), nullable=True),
        sa.Column("dropout", sa.Float(), nullable=True),
        sa.Column("gradient_clipping", sa.Float(), nullable=True),
        sa.Column("precision", sa.String(), nullable=True),
        sa.Column("training_compute", sa.Float(), nullable=True),
        sa.Column("hardware", sa.String(), nullable=True),
        sa.Column("license", sa.String(), nullable=True),
        sa.Column("availability", sa.String(), nullable=True),
        sa.Column("repository", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "model_record_context_length_max", "model_record", ["context_length_max"], unique=False
    )
    op.create_index("model_record_family", "model_record", ["family"], unique=False)
    op.create_index("model_record_params_total", "model_record", ["params_total"], unique=False)
    op.create_index(
        "model_record_release_date_min", "model_record", ["release_date_min"], unique=False
    )
    op.create_table(
        "model_value",
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("attribute", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("number", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("model", "attribute", "position"),
    )
    op.create_index(
        "model_value_value", "model_value", ["attribute", "value", "model"], unique=False
    )
    op.create_table(
        "name",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("is_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", "target"),
    )
    op.create_table(
        "organization",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("aliases", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("authors", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("arxiv", sa.String(), nullable=True),
        sa.Column("doi", sa.String(), nullable=True),
        sa.Column("venue", sa.String(), nullable=True),
        sa.Column("copy_read", sa.String(), nullable=True),
        sa.Column("checked", sa.String(), nullable=True),
        sa.Column("is_primary", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "technique",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("aliases", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=True),
        sa.Column("formula", sa.String(), nullable=True),
        sa.Column("prerequisites", sa.String(), nullable=False),
        sa.Column("replaces", sa.String(), nullable=False),
        sa.Column("stands_for", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=True),
        sa.Column("no_paper", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "topic",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("techniques", sa.String(), nullable=False),
        sa.Column("families", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("position"),
    )
    views = VIEWS
    if op.get_bind().dialect.name == "postgresql":  # it is no store: nothing is searched there
        views = {**VIEWS, "model_values": "SELECT * FROM model_value"}
    else:
        op.execute(
            "CREATE VIRTUAL TABLE text_index USING fts5("
            "kind UNINDEXED, id UNINDEXED, title, body, tokenize = 'porter unicode61')"
        )
    for name, query in views.items():
        op.execute(f"CREATE VIEW {name} AS {query}")


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
    op.execute("DROP TABLE text_index")
    op.drop_table("topic")
    op.drop_table("technique")
    op.drop_table("source")
    op.drop_table("organization")
    op.drop_table("name")
    op.drop_table("model_value")
    op.drop_table("model_record")
    op.drop_table("model")
    op.drop_table("family")
    op.drop_table("fact")
    op.drop_table("claim")
