"""Which decoders the linked FFmpeg brings."""

import av

WANTED = (
    *("dnxhd", "dvvideo", "h264", "hevc", "mjpeg", "mpeg2video", "prores"),
    *("aac", "ac3", "alac", "flac", "mp3", "opus"),
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


def ffmpeg_version() -> str:
    """Return the linked FFmpeg's version and those of its libraries that decode."""
    libraries = ", ".join(
        f"{name} {'.'.join(map(str, av.library_versions[name]))}"
        for name in ("libavformat", "libavcodec")
        if name in av.library_versions
    )
    return f"{getattr(av, 'ffmpeg_version_info', '')} ({libraries})".strip()
