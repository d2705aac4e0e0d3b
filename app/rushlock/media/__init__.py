"""Files on disk become clips: scan, probe, spanned clips, cameras, sound by range.

Takes folders and files, gives a ``Catalogue`` of clips and of what could not be read. Only here (and in the
generator of rushes): PyAV.
"""
