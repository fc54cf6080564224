"""What the actions write, on SQLite and on PostgreSQL."""
