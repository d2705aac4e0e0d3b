"""Which decoders the linked FFmpeg brings."""

import av

WANTED = tuple(
    "aac ac3 alac dnxhd dvvideo flac h264 hevc mjpeg mp3 mpeg2video opus prores".split()
)
"""What cameras, recorders and phones write, in FFmpeg's words; PCM and its kin are always there."""


def decoders() -> set[str]:
    """Return the names of all codecs that can be decoded."""
    return {name for name in av.codecs_available if _decodes(name)}


def _decodes(name: str) -> bool:
    try:
        av.Codec(name, "r")
    except av.codec.codec.UnknownCodecError:
        return False
    return True
