"""FCP 7 XML (xmeml 5, Apple's Final Cut Pro XML Interchange Format) for Premiere and Resolve.

Decisions:
    * ``in``, ``out`` and ``duration`` of a clip item count at the clip's own rate, ``start`` and ``end`` at
      the sequence's, as the format says; NTSC is ``timebase`` 30 with ``ntsc`` TRUE. Sound alone counts at
      the sequence's rate: the format knows no samples there.
    * Drop-frame is said twice, by ``displayformat`` and by the ";" of the label.
    * One sound track per channel, all of a clip's items linked; a stereo stream as the exploded pair that
      Premiere writes, other channels as mono tracks. Anything else leaves one side silent there.
    * The format has no track names that every reader shows: ``name`` in a track is written nevertheless, and
      master clips lie in a bin per camera.
    * No multiclip: an FCP 7 multiclip holds one clip an angle, and cameras start and stop.
"""
