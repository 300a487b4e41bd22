"""The user's own: notes, tags, the log of writes, and what `undo` needs to take them back."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WRITTEN = ("organization", "source", "family", "model", "name", "claim")
VIEWS = {
    "notes": "SELECT id, subject_kind, subject, text, created FROM note",
    "tags": "SELECT subject_kind, subject, tag FROM tag",
    "writes": "SELECT * FROM write_log",
}


def upgrade() -> None:
    for table in WRITTEN:
        op.add_column(table, sa.Column("write", sa.Integer(), nullable=True))
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created", sa.String(), nullable=False),
        sa.Column("write", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("note_subject", "note", ["subject_kind", "subject"], unique=False)
    op.create_table(
        "tag",
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("write", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("subject_kind", "subject", "tag"),
    )
    op.create_table(
        "write_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "removed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("write", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("restored_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_removed_write", "removed", ["write"], unique=False)
    op.create_index(
        "claim_of_user",
        "claim",
        ["subject_kind", "subject"],
        sqlite_where=sa.text("layer = 'user'"),
        postgresql_where=sa.text("layer = 'user'"),
    )
    op.drop_index("model_record_family", "model_record")
    op.create_index(
        "model_record_order", "model_record", ["family", "position", "id"], unique=False
    )
    op.create_index(
        "model_record_params_reported",
        "model_record",
        ["params_reported"],
        sqlite_where=sa.text("params_reported IS NOT NULL"),
        postgresql_where=sa.text("params_reported IS NOT NULL"),
    )
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
    op.drop_index("model_record_params_reported", "model_record")
    op.drop_index("claim_of_user", "claim")
    op.drop_index("model_record_order", "model_record")
    op.create_index("model_record_family", "model_record", ["family"], unique=False)
    for table in ("removed", "write_log", "tag", "note"):
        op.drop_table(table)
    for table in WRITTEN:
        op.drop_column(table, "write")
