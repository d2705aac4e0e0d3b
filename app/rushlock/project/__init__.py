"""The document: everything recorded at one event and what was decided about it, in SQLite."""
