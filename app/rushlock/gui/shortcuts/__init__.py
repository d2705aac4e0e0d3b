"""The sheet of keys: searched, changed, printed."""
