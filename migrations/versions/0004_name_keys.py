"""Keys of names keep the point of a number and the gap between two: `opt1.3b` is not `opt13b`."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    rewrite(_key)


def downgrade() -> None:
    rewrite(lambda text: re.sub("[.-]", "", _key(text)))


def rewrite(key) -> None:
    """Give every name whose key changes the new one; a name that is there already stays."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":  # every push writes its rows anew
        return
    rows = connection.execute(sa.text("SELECT rowid, key, text FROM name")).fetchall()
    for rowid, old, text in rows:
        if (new := key(text)) != old:
            connection.execute(
                sa.text("UPDATE OR IGNORE name SET key = :new WHERE rowid = :rowid"),
                {"new": new, "rowid": rowid},
            )


def _key(text: str) -> str:
    """`vocabulary.fold` as it was when this was written."""
    plain = unicodedata.normalize("NFKC", text).replace("×", "x").lower()
    joined = re.sub(r"(?<=\d)[\W_]+(?=\d)", lambda s: "." if s[0] == "." else "-", plain)
    return re.sub(r"[^\w.-]|_|(?<!\d)[.-]|[.-](?!\d)", "", joined)
