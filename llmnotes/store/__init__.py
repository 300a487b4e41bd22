"""The stores: SQLite files, how they are built, opened and written."""
