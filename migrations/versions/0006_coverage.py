"""How much of each model is covered; worked out for models that a store already holds."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ARCHITECTURE = ("architecture", "params_total", "n_layers", "d_model", "vocab_size")
TRAINING = (
    "training_data", "training_tokens", "batch_size", "optimizer", "learning_rate", "lr_schedule",
    "warmup", "weight_decay", "dropout", "gradient_clipping", "precision", "training_compute",
    "hardware",
)  # fmt: skip


def _status(name: str) -> str:
    return f"coalesce(json_extract(status, '$.{name}'), '')"


def _known(name: str) -> str:
    return (
        f"({name} IS NOT NULL AND {_status(name)} NOT IN ('estimated', 'rumoured') "
        f"OR {_status(name)} = 'not-applicable')"
    )


def upgrade() -> None:
    op.add_column("model_record", sa.Column("coverage", sa.String(), nullable=True))
    if op.get_bind().dialect.name == "postgresql":  # every push writes its rows anew
        return
    shape = " AND ".join(map(_known, ARCHITECTURE))
    training = " + ".join(map(_known, TRAINING))
    undisclosed = " OR ".join(f"{_status(name)} = 'undisclosed'" for name in ARCHITECTURE)
    op.execute(
        f"UPDATE model_record SET coverage = CASE WHEN {shape} THEN "
        f"CASE WHEN {training} >= 7 THEN 'full' ELSE 'architecture' END "
        f"WHEN {undisclosed} OR availability IN ('api-only', 'unreleased') THEN 'withheld' END"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE model_record DROP COLUMN coverage")
