"""The window. Only here: PySide6."""
