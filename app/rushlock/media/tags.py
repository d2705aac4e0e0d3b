"""What containers write into tags: when, by which camera, on which reel, from which timecode.

Every maker invented keys of their own. Each fact below has a list of keys, best first; keys are compared in
lower case.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from av.container import InputContainer

Tags = Mapping[str, str]

_EARLIEST_YEAR = 1980  # QuickTime's zero is 1904, Unix's 1970: nobody shot files before this
_CREATED = ("com.apple.quicktime.creationdate", "creation_time", "creationdate", "date", "modification_date")
_REEL = ("reel_name", "com.apple.proapps.reel", "com.apple.quicktime.reel", "reel", "tape")
_MAKE = ("com.apple.quicktime.make", "com.android.manufacturer", "make", "manufacturer", "company_name")
_MODEL = ("com.apple.quicktime.model", "com.android.model", "model", "product_name")
_SERIAL_ENDINGS = ("serialnumber", "serial_number", "cameraserial", "serialno", "camera_serial")
_PANASONIC = "com.panasonic.semi-pro.metadata.xml"

_GOPRO_OLD = re.compile(r"HD(\d+)\.")
_GOPRO_NEW = re.compile(r"H(\d\d)\.")
_GOPRO_NEW_BEGINS = 11  # firmware H21 is the HERO10's, and so on by one


@dataclass(frozen=True, slots=True)
class Device:
    """A camera or recorder; what is unknown is empty."""

    make: str = ""
    model: str = ""
    serial: str = ""

    def or_else(self, other: "Device") -> "Device":
        """Return this device with its gaps filled from another source."""
        return Device(self.make or other.make, self.model or other.model, self.serial or other.serial)


NO_DEVICE = Device()


def all_tags(container: InputContainer) -> dict[str, str]:
    """Return a container's tags and its streams', keys in lower case; the container's own win."""
    tags: dict[str, str] = {}
    for source in (container.metadata, *(stream.metadata for stream in container.streams)):
        for key, value in source.items():
            text = value.strip()
            if text:
                tags.setdefault(key.lower(), text)
    return tags


def created(tags: Tags) -> datetime | None:
    """Return when a recording was made, zone aware where the tag is; None if no tag is a plausible date."""
    for key in _CREATED:
        found = moment(tags.get(key, ""))
        if found is not None:
            return found
    return None


def moment(text: str) -> datetime | None:
    """Return the moment an ISO 8601 text names, None if it names none or one before there were such files."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.year >= _EARLIEST_YEAR else None


def reel(tags: Tags) -> str:
    """Return the reel or tape name."""
    return _first(tags, _REEL)


def device(tags: Tags) -> Device:
    """Return the camera that the tags name."""
    firmware = tags.get("firmware", "")
    model = _gopro_model(firmware)
    if model or "gopro" in tags.get("handler_name", "").lower():
        return Device("GoPro", model)
    serial = next((value for key, value in tags.items() if key.endswith(_SERIAL_ENDINGS)), "")
    return Device(_first(tags, _MAKE), _first(tags, _MODEL), serial)


def panasonic_xml(tags: Tags) -> bytes:
    """Return the metadata document that Panasonic's cameras embed in QuickTime files."""
    return tags.get(_PANASONIC, "").encode()


def _gopro_model(firmware: str) -> str:
    if match := _GOPRO_OLD.match(firmware):
        return f"HERO{match[1]}"
    if match := _GOPRO_NEW.match(firmware):
        return f"HERO{int(match[1]) - _GOPRO_NEW_BEGINS}"
    return ""


def _first(tags: Tags, keys: Iterable[str]) -> str:
    return next((tags[key] for key in keys if key in tags), "")
