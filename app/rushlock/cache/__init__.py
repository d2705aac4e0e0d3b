"""Results by content key: size-bounded, written atomically, shared by processes."""
