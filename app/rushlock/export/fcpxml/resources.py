"""Formats and assets of an FCPXML document, each told once and referred to by its identifier."""

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from rushlock.base.rate import FrameRate
from rushlock.export.fcpxml.times import time
from rushlock.export.markup import Element, element
from rushlock.export.policy import FcpxmlVersion
from rushlock.media.clip import MediaFile
from rushlock.timeline.events import Event
from rushlock.timeline.source import Source
from rushlock.timeline.uri import uri_of

_STUDIO = "com.apple.proapps.studio."
_CAMERA_NAME = "com.apple.proapps.mio.cameraName"


@dataclass(slots=True)
class Resources:
    """What is referred to, in the order it comes up.

    Attributes:
        version: Of FCPXML.
        elements: The resources so far.
    """

    version: FcpxmlVersion
    elements: list[Element] = field(default_factory=list)
    _formats: dict[tuple[Fraction, int, int], str] = field(default_factory=dict)
    _assets: dict[Path, str] = field(default_factory=dict)

    def next_id(self) -> str:
        """Return an identifier that no resource has yet."""
        return f"r{len(self.elements) + 1}"

    def add(self, made: Element) -> str:
        """Add a resource that was made with ``next_id`` and return its identifier."""
        self.elements.append(made)
        return str(made.get("id"))

    def format(self, rate: FrameRate, width: int, height: int) -> str:
        """Return the identifier of a format."""
        key = (rate.fps, width, height)
        if key not in self._formats:
            made = element(
                "format",
                id=self.next_id(),
                frameDuration=time(rate.frame_seconds),
                width=width,
                height=height,
            )
            self._formats[key] = self.add(made)
        return self._formats[key]

    def format_of(self, event: Event) -> str | None:
        """Return the identifier of an event's own format, None for sound alone."""
        if not event.source.picture:
            return None
        picture = event.file.pictures[0]
        return self.format(event.source.rate, picture.width, picture.height)

    def asset(self, event: Event) -> str:
        """Return the identifier of an event's file."""
        file, source = event.file, event.source
        if file.path not in self._assets:
            form = self.format_of(event)
            inside = [*self._media(file), _metadata(file, event.clip.camera)]
            self._assets[file.path] = self.add(_asset(self.next_id(), file, source, form, inside))
            if self.version is FcpxmlVersion.V1_8:  # before media had representations and sources a number
                self.elements[-1].set("src", uri_of(file.path))
                self.elements[-1].attrib.pop("videoSources", None)
        return self._assets[file.path]

    def _media(self, file: MediaFile) -> list[Element]:
        if self.version is FcpxmlVersion.V1_8:
            return []
        return [element("media-rep", kind="original-media", src=uri_of(file.path))]


def _asset(
    identifier: str, file: MediaFile, source: Source, form: str | None, inside: list[Element]
) -> Element:
    sounds = file.sounds
    return element(
        "asset",
        *inside,
        id=identifier,
        name=file.path.stem,
        start=time(source.rate.seconds_of(source.start)),
        duration=time(source.rate.seconds_of(source.length)),
        hasVideo=1 if source.picture else None,
        format=form,
        hasAudio=1 if sounds else None,
        videoSources=1 if source.picture else None,
        audioSources=len(sounds) or None,
        audioChannels=max((sound.channels for sound in sounds), default=None),
        audioRate=sounds[0].sample_rate if sounds else None,
    )


def _metadata(file: MediaFile, camera: str) -> Element:
    told = {
        _STUDIO + "reel": file.reel,
        _STUDIO + "scene": file.scene,
        _STUDIO + "shot": file.take,
        _STUDIO + "angle": camera,
        _CAMERA_NAME: file.camera_model,
    }
    return element("metadata", *(element("md", key=key, value=value) for key, value in told.items() if value))
