"""FCPXML for Final Cut Pro and Resolve: real multicam clips, synchronised clips, rational times.

Decisions:
    * Every time is an exact fraction. ``offset`` counts the parent's timeline, ``start`` the clip's own
      source timecode; adding one to the other would shift everything.
    * The angles of a multicam are rows; places and lengths are whole frames of its format, or Final Cut
      refuses them. A clip of another rate says so by its own format and ``conform-rate`` with scaling off,
      so that its speed stays.
    * No ``timeMap``: picture is never retimed.
    * A synchronised clip per picture with a recorder running holds that sound at its exact sample.
    * Clips without a place are no angles: they lie in the event under the keyword "Unsynced".
    * Versions differ for us in one point: from 1.9 on an asset's file is a ``media-rep``.
"""
