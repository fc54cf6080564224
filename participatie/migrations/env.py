"""What Alembic runs for each command: our tables, over the connection it was given."""

from alembic import context

from participatie.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite cannot alter a constraint in place; a batch makes the table anew.
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
