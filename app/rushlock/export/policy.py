"""How an export is wanted: choices that are the editor's, not the dialect's.

Declared once, as ``base.settings`` does it: the command line's flags and the window's export dialog are made
of the fields below, so that a further policy is a field here and nothing there.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

from rushlock.base.settings import check, option


class Scratch(StrEnum):
    """What becomes of the sound that cameras recorded beside their pictures."""

    KEPT = "kept"
    MUTED = "muted"
    DROPPED = "dropped"


class Groups(StrEnum):
    """How groups that share no clock are laid out."""

    TOGETHER = "together"
    APART = "apart"


class StartFrom(StrEnum):
    """Whose timecode the sequence shows."""

    CLOCK = "clock"
    MASTER = "master"


class ChannelNames(StrEnum):
    """What a recorder's tracks are called."""

    IXML = "ixml"
    NUMBERS = "numbers"


class Kept(StrEnum):
    """Which clips are handed out."""

    ALL = "all"
    REVIEWED = "reviewed"


class Lead(StrEnum):
    """What of a clip lies where it belongs if its own sound is late or early against its picture."""

    PICTURE = "picture"
    SOUND = "sound"


class FcpxmlVersion(StrEnum):
    """Versions of FCPXML, from that of Final Cut Pro 10.4.1 on."""

    V1_8 = "1.8"
    V1_9 = "1.9"
    V1_10 = "1.10"
    V1_11 = "1.11"
    V1_12 = "1.12"
    V1_13 = "1.13"
    V1_14 = "1.14"


WHOLE = -1.0


@dataclass(frozen=True, slots=True)
class Policy:
    """The policies of one export; the defaults hand out everything as it is."""

    scratch: Scratch = option(
        Scratch.KEPT, "camera sound beside pictures: kept, muted (there but switched off) or dropped"
    )
    groups: Groups = option(
        Groups.TOGETHER,
        "groups that share no clock: together (one timeline with pauses) or apart (one timeline each)",
    )
    start_from: StartFrom = option(
        StartFrom.CLOCK, "timecode of the timeline: clock (time of day) or master (as the master clip counts)"
    )
    channel_names: ChannelNames = option(
        ChannelNames.IXML, "a recorder's tracks: named as its mixer did (ixml) or by numbers"
    )
    clips: Kept = option(
        Kept.ALL, "which clips: all, or reviewed (none that waits for review or has no place)"
    )
    lead: Lead = option(
        Lead.PICTURE,
        "where a clip's own sound is surely half a frame or more off its picture: its picture goes where "
        "it belongs (picture; its own sound is switched off if there is a recorder), or its sound (sound)",
    )
    handles: float = option(
        WHOLE,
        "cut each clip to what another camera or recorder covers too, and leave this much at either end; "
        "-1: whole clips",
        low=WHOLE,
        high=36_000.0,
        unit="s",
    )
    fcpxml: FcpxmlVersion = option(
        FcpxmlVersion.V1_11, "version of FCPXML: what Final Cut Pro 10.6.6 and later reads, or another"
    )

    def __post_init__(self) -> None:
        for spec in fields(self):
            if spec.metadata["low"] is not None:
                check(spec, getattr(self, spec.name))

    @property
    def whole_clips(self) -> bool:
        """Whether clips are handed out uncut."""
        return self.handles < 0
