"""Media of an xmeml document: each file told once, afterwards by its identifier; a bin per camera."""

from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PureWindowsPath

from rushlock.base.rate import FrameRate
from rushlock.export.fcp7.counting import FALSE, TRUE, Counted, rate_element, timecode_element
from rushlock.export.markup import Element, element
from rushlock.media.clip import MediaFile
from rushlock.timeline.channels import channels_of
from rushlock.timeline.events import Event
from rushlock.timeline.uri import uri_of

_HOST = "file://localhost"


def path_url(path: Path) -> str:
    """Return a file's ``pathurl`` as Premiere writes it: with a host, a drive's colon encoded."""
    uri = uri_of(path)
    if not uri.startswith("file:///"):
        return uri  # a share names its server itself
    rest = uri.removeprefix("file://")
    if isinstance(path, PureWindowsPath):
        rest = rest.replace(":", "%3a", 1)
    return _HOST + rest


@dataclass(slots=True)
class Files:
    """The files of one document, numbered as they come up.

    Attributes:
        rate, drop: How the sequences count, and with them sound alone.
    """

    rate: FrameRate
    drop: bool
    _numbers: dict[Path, int] = field(default_factory=dict)
    _told: set[Path] = field(default_factory=set)
    _next: "count[int]" = field(default_factory=lambda: count(1))

    def number(self, event: Event) -> int:
        """Return a file's number."""
        if event.file.path not in self._numbers:
            self._numbers[event.file.path] = next(self._next)
        return self._numbers[event.file.path]

    def file(self, event: Event) -> Element:
        """Return ``file``: whole the first time, then a reference."""
        identifier = f"file-{self.number(event)}"
        if event.file.path in self._told:
            return element("file", id_=identifier)
        self._told.add(event.file.path)
        counted, file = Counted.of(event.source, self.rate, self.drop), event.file
        return element(
            "file",
            element("name", file.path.name),
            element("pathurl", path_url(file.path)),
            rate_element(counted.rate),
            element("duration", counted.length),
            timecode_element(counted.start, file.reel),
            element("media", _video(file, counted), _audio(file)),
            id_=identifier,
        )

    def master_clip(self, event: Event) -> Element:
        """Return ``clip``: the file as it lies in its camera's bin."""
        counted, number = Counted.of(event.source, self.rate, self.drop), self.number(event)
        tracks = [self._master_track(event, number) if event.source.picture else None]
        sound = [self._master_track(event, number) for _ in channels_of(event.file)]
        return element(
            "clip",
            element("uuid", event.file.fingerprint) if event.file.fingerprint else None,
            element("masterclipid", f"masterclip-{number}"),
            element("ismasterclip", "TRUE"),
            element("duration", counted.length),
            rate_element(counted.rate),
            element("name", event.file.path.name),
            element(
                "media",
                element("video", *tracks) if event.source.picture else None,
                element("audio", *sound) if sound else None,
            ),
            element("logginginfo", *_logged(event.file)),
            id_=f"masterclip-{number}",
        )

    def _master_track(self, event: Event, number: int) -> Element:
        counted = Counted.of(event.source, self.rate, self.drop)
        return element(
            "track",
            element(
                "clipitem",
                element("masterclipid", f"masterclip-{number}"),
                element("name", event.file.path.name),
                rate_element(counted.rate),
                self.file(event),
            ),
            element("enabled", TRUE),
            element("locked", FALSE),  # OpenShot asks every track of a document for it
        )


def _video(file: MediaFile, counted: Counted) -> Element | None:
    if not file.pictures:
        return None
    picture = file.pictures[0]
    return element(
        "video",
        element("duration", counted.length),
        element(
            "samplecharacteristics",
            rate_element(counted.rate),
            element("width", picture.width),
            element("height", picture.height),
            element("pixelaspectratio", "square"),
        ),
    )


def _audio(file: MediaFile) -> Element | None:
    channels = channels_of(file)
    if not channels:
        return None
    return element(
        "audio",
        element("samplecharacteristics", element("samplerate", file.sounds[0].sample_rate)),
        element("channelcount", len(channels)),
    )


def _logged(file: MediaFile) -> list[Element]:
    return [
        element("scene", file.scene),
        element("shottake", file.take),
        element("lognote", file.camera_model),
    ]
