"""What the next words of a staff member are for, where the desk has just asked for them: a note, or a reason."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff", sa.Column("asked_for", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("staff", "asked_for")
