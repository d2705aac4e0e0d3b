"""What names of files and folders tell: order, makers' chapter numbers, card structures, who filmed.

Rules are facts about makers' habits, gathered here as tables; whether a rule is believed is decided by
those who ask.
"""

import re
from functools import lru_cache
from pathlib import Path, PurePath
from typing import NamedTuple

_DIGITS = re.compile(r"(\d+)")


class Numbered(NamedTuple):
    """A file's place in a series of files."""

    series: str
    number: int


_GOPRO = (
    re.compile(r"(?P<codec>G[HX])(?P<number>\d\d)(?P<take>\d{4})", re.IGNORECASE),
    re.compile(r"GP(?P<number>\d\d)(?P<take>\d{4})", re.IGNORECASE),
    re.compile(r"GOPR(?P<take>\d{4})", re.IGNORECASE),
)
"""GX010042 is followed by GX020042, GOPR0042 by GP010042."""

_SPANS = (
    re.compile(r"(?P<series>\d{3}_\d{4})_(?P<number>\d\d)"),  # Sony XDCAM EX: card, take, part
    re.compile(r"(?P<series>[A-Z]{2}\d{4})(?P<number>\d\d)", re.IGNORECASE),  # Canon XF: clip, part
)

_COUNTER = re.compile(r"(?P<series>.*?)(?P<number>\d{2,8})")
_CARD_STRUCTURES = tuple(
    re.compile(rf"(?:^|.*?/)(?P<inside>{pattern})", re.IGNORECASE)
    for pattern in (
        r"DCIM(?:/\d{3}[\w-]{2,8})?",
        r"(?:PRIVATE/)?(?:M4ROOT|XDROOT)(?:/(?:CLIP|SUB))?",
        r"(?:PRIVATE/)?AVCHD/BDMV(?:/STREAM)?",
        r"(?:PRIVATE/)?PANA_GRP/\w+",
        r"CONTENTS(?:/(?:VIDEO|AUDIO|VOICE))?",
        r"CONTENTS/CLIPS\d{3}(?:/\w+)?",
        r"BPAV/CLPR(?:/\w+)?",
        r"MP_ROOT(?:/\w+)?",
    )
)
"""Folders that cameras make on their cards; the card is what holds them."""

_REEL = re.compile(r"(?P<camera>[A-Z])_?\d{3}_?C\d{3}", re.IGNORECASE)
"""ARRI, RED, Sony Venice, Canon Cinema: A001C003_..., A_0001C003_...: camera letter, reel, clip."""

_DEVICE = re.compile(
    r"(?P<camera>(?:cam(?:era)?|angle|mic|lav|boom|rec(?:order)?|iso|gopro|phone|drone)"
    r"[ _-]?(?:\d{1,2}(?!\d)|[A-Z](?![A-Za-z])))",
    re.IGNORECASE,
)
_MOMENT = re.compile(r"(?:19|20)\d\d[-_.]?\d\d[-_.]?\d\d(?:[-_.T ]+\d\d[-_.]?\d\d(?:[-_.]?\d\d)?)?")
_COUNT = re.compile(r"\d{3,}")
_TAKE_TRACK = re.compile(
    r"(?P<take>.+?)[ _-](?P<track>Tr(?:ack)?[ _-]?\d+|TrL|TrR|LR|TrLR|TrMic)", re.IGNORECASE
)


def natural(text: str) -> tuple[str | int, ...]:
    """Return a sort key by which clip2 comes before clip10: texts and numbers in turn, a text first."""
    parts: list[str | int] = [*_DIGITS.split(text.casefold())]
    parts[1::2] = map(int, parts[1::2])
    return tuple(parts)


def gopro_chapter(path: PurePath) -> Numbered | None:
    """Return the recording and chapter of a GoPro file, else None."""
    for pattern in _GOPRO:
        match = pattern.fullmatch(path.stem)
        if match:
            found = match.groupdict()
            series = f"{found.get('codec', '').upper()}{found['take']}{path.suffix.lower()}"
            return Numbered(series, int(found.get("number", 0)))
    return None


def span(path: PurePath) -> Numbered | None:
    """Return the clip and part of a file named as camcorders name spans, else None."""
    for pattern in _SPANS:
        match = pattern.fullmatch(path.stem)
        if match:
            return Numbered(f"{match['series'].upper()}{path.suffix.lower()}", int(match["number"]))
    return None


def counted(path: PurePath) -> Numbered | None:
    """Return a file's place in a series that merely counts ("take_003"), else None."""
    match = _COUNTER.fullmatch(path.stem)
    return Numbered(f"{match['series']}{path.suffix.lower()}", int(match["number"])) if match else None


@lru_cache(maxsize=4096)
def card_of(folder: Path) -> Path:
    """Return the folder that stands for the card: what camera-made folders lie in, else the folder itself."""
    posix = folder.as_posix()
    for structure in _CARD_STRUCTURES:
        match = structure.fullmatch(posix)
        if match:
            depth = match["inside"].count("/") + 1
            return folder.parents[depth - 1]
    return folder


def reel_camera(path: PurePath) -> str:
    """Return the camera letter of a cinema camera's file name, else nothing."""
    match = _REEL.match(path.stem)
    return match["camera"].upper() if match else ""


def named_device(path: PurePath) -> str:
    """Return the device that a person wrote into a file name ("camA", "mic 2"), else nothing."""
    match = _DEVICE.match(path.stem)
    return match["camera"] if match else ""


def skeleton(path: PurePath) -> str:
    """Return a file name without dates and counters.

    Numbers of one or two digits stay: people number devices so ("mic2"); cameras count with three and more.
    """
    if gopro_chapter(path):
        return "GoPro"
    bare = _COUNT.sub("", _MOMENT.sub("", path.stem))
    return re.sub(r"[ _.-]{2,}", "_", bare).strip(" _.-")


def take_and_track(path: PurePath) -> tuple[str, str] | None:
    """Return (take, track) of a recorder's file name such as ZOOM0001_Tr3, else None."""
    match = _TAKE_TRACK.fullmatch(path.stem)
    return (match["take"], match["track"]) if match else None
