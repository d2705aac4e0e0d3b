"""Tell media files by name and by first bytes.

The name decides first, because a card of 10,000 files must scan quickly; only names that say nothing are
opened.
"""

from pathlib import PurePath

HEAD_BYTES = 1024


def _suffixes(names: str) -> frozenset[str]:
    return frozenset(f".{name}" for name in names.split())


MEDIA = _suffixes(
    "mov mp4 m4v mxf mts m2ts m2t ts avi mkv webm mpg mpeg mod tod 3gp 3g2 wmv asf flv dv insv 360"
    " mj2 qt vob ogv gxf lxf nut wav wave bwf w64 rf64 bw64 aif aiff aifc caf mp3 m4a aac flac ogg oga"
    " opus wma ac3 eac3 dts amr au ape wv tta"
)
"""Names of recordings."""

WAVES = _suffixes("wav wave bwf rf64 bw64")
"""Names of the WAV family."""

RAW = {
    ".r3d": "REDCODE raw",
    ".braw": "Blackmagic RAW",
    ".ari": "ARRIRAW",
    ".arx": "ARRIRAW",
    ".crm": "Canon Cinema RAW",
    ".nev": "Nikon N-RAW",
}
"""Camera raw that FFmpeg cannot read, with its name."""

STILLS = _suffixes("png jpg jpeg tif tiff bmp gif heic heif webp avif")
"""Still pictures: listed, because a user may wonder where they went."""

OTHERS = _suffixes(
    "xml xmp thm lrv lrf bim cpi mpl mpls bdm tdt tid idx smi ppn cif cpf bnp dat db ini log txt md"
    " pdf csv ale edl fcpxml otio aaf json html htm doc docx xls xlsx zip gz tar 7z rar py sh exe dll"
    " iso srt ass vtt gpx kml sav bin pek cfa ims mhl md5 xxh sha1 asc url lnk dng arw cr2 cr3 nef raf"
    " rw2 orf gpr psd exr dpx svg cube look plist nfo rushlock bak part crdownload tmp sqlite ttf otf"
    " js css toml yml yaml raw"
)
"""Everything else that lies on cards and drives: sidecars, proxies, thumbnails, documents."""

_AT_START = (
    (b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02", "MXF"),
    (b"\x1a\x45\xdf\xa3", "Matroska"),
    (b"\x00\x00\x01\xba", "MPEG"),
    (b"fLaC", "FLAC"),
    (b"OggS", "Ogg"),
    (b"ID3", "MP3"),
    (b"caff", "CAF"),
    (b"FLV\x01", "FLV"),
    (b"riff\x2e\x91\xcf\x11", "Wave64"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media"),
    (b".snd", "AU"),
)
_FORMS = {b"WAVE": "WAV", b"AVI ": "AVI", b"AIFF": "AIFF", b"AIFC": "AIFF"}
_QUICKTIME = frozenset((b"ftyp", b"moov", b"mdat", b"wide", b"pnot"))
_TS_PACKETS = ((0, 188), (4, 192))
_TEXT = bytes(range(0x20, 0x7F)) + b"\n\r\t\f"


def kind_of(head: bytes) -> str:
    """Return what container a file's first bytes announce ("mov", "WAV", "MXF"), empty if none is known."""
    if head[4:8] in _QUICKTIME:
        return "mov"
    if head[:4] in (b"RIFF", b"RF64", b"BW64", b"FORM") and head[8:12] in _FORMS:
        return _FORMS[head[8:12]]
    for magic, kind in _AT_START:
        if head.startswith(magic):
            return kind
    for first, step in _TS_PACKETS:
        marks = head[first::step]
        if len(marks) >= 3 and set(marks) == {0x47}:
            return "MPEG-TS"
    return ""


def is_text(head: bytes) -> bool:
    """Whether bytes read as text: ASCII, UTF-8 or UTF-16 without control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if head.translate(None, _TEXT) == b"":
        return True
    try:
        decoded = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:  # not merely a character cut in two at the end
            return False
        decoded = head[: error.start].decode("utf-8")
    return not any(ord(char) < 0x20 and char not in "\n\r\t\f" for char in decoded)


def suffix_of(name: str) -> str:
    """Return a name's last suffix in lower case, as the tables above write them."""
    return PurePath(name).suffix.lower()
