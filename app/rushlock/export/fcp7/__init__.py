"""FCP 7 XML (xmeml 5, Apple's Final Cut Pro XML Interchange Format) for Premiere and Resolve.

Decisions:
    * A clip item counts at the sequence's rate throughout, and says so in its ``rate``. The format would let
      ``in`` and ``out`` count at the clip's own rate; Premiere and Resolve were seen to read them at the
      sequence's all the same (barefootford/buttercut, pull request 133), which starts a clip of 25 in a
      sequence of 30 a sixth too early. Where both rates are one, every reader agrees. The file keeps its own
      rate and timecode.
    * Drop-frame is said twice, by ``displayformat`` and by the ";" of the label.
    * One sound track per channel, all of a clip's items linked; a stereo stream as the exploded pair that
      Premiere writes, other channels as mono tracks. Anything else leaves one side silent there.
    * The format has no track names that every reader shows: ``name`` in a track is written nevertheless, and
      master clips lie in a bin per camera.
    * OpenShot reads every track of a document, those of master clips too, and stops at one without
      ``locked``: so all have it.
    * Multiclips are a form of their own, see ``multiclip``.
"""
