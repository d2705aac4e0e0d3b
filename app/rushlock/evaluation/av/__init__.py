"""``rushlock bench av`` and ``rushlock bench codec-probe``: window networks measured as their papers do.

- ``film``: a stretch of a clip as arrays. ``trials``: what is asked: clip, start, offset.
- ``layouts``: the papers' fixed lists of offsets, and which file each line means.
- ``measure``: one window, the mean, the memory; metrics of both papers.
- ``artefacts``, ``codec_probe``: whether a network can tell by the codec alone where a trim began.
"""
