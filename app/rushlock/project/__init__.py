"""The document: everything recorded at one event and what was decided about it, in SQLite.

``document.Project`` is the way in; ``relink`` finds media that moved. Takes clips, sync maps and
decisions as frozen values and gives them back equal.

Decided: SQLite because each change must be on the disk as it happens, whole, and because a killed program
must cost nothing; a file that is written anew at each save gives neither cheaply at 10,000 clips.
"""
