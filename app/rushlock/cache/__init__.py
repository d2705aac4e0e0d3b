"""Results by content key: size-bounded, written atomically, shared by processes.

Takes keys (``keys.digest``) and arrays or texts, gives them back in a later run or in another process
(``store.Cache``).
"""
