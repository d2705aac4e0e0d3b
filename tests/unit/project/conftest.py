"""Clips, maps and projects for the tests of the document."""

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from rushlock.base.clock import Clock, Piece
from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.media.clip import Clip, MediaFile, PictureStream, SoundStream, Unreadable
from rushlock.placements.sync_map import Evidence, Finding, Placement, Status, SyncMap
from rushlock.project.document import Project

NTSC = FrameRate(Fraction(30000, 1001))


def media_file(path, number=0):
    return MediaFile(
        path=Path(path),
        size=1000 + number,
        modified_ns=1_700_000_000_123_456_789,
        fingerprint=f"{number:032x}",
        container="mov",
        start=Fraction(-1, 48000),
        duration=Fraction(1001 * 300, 30000),
        pictures=(PictureStream(0, "h264", 1920, 1080, NTSC, False, 300, Fraction(0), Fraction(1001, 100)),),
        sounds=(
            SoundStream(1, "pcm_s24le", 48000, 2, "stereo", Fraction(0), Fraction(10), ("boom", "lav é")),
        ),
        timecode=Timecode(107_892, NTSC, True),
        timecode_source="tmcd",
        day_seconds=Fraction(107_892 * 1001, 30000),
        reel="A001",
        created=datetime(2026, 3, 1, 14, 5, 6, 789000, tzinfo=UTC),
        camera_serial="0042",
        notes=("last 12 MB missing",),
    )


def clip(number, camera="CAM_A"):
    return Clip(
        f"{number:040x}", camera, (media_file(f"/cards/{camera}/C{number:04d}.mov", number),), "cards"
    )


def placement(number, start=10.0, group=0):
    clock = Clock((Piece(0.0, start, 1.000013), Piece(4.5, start + 0.04, 1.0)))
    heard = Evidence(
        "sound", f"{number + 1:040x}", start + 0.001, 0.001, 0.98, True, "sound of C0002.mov, 9 s together"
    )
    return Placement(
        f"{number:040x}", group, clock, Status.SYNCED, 0.993, "Heard by 2 clips", 0.0004, (heard,)
    )


@pytest.fixture
def run():
    """What a run of four clips found: clips, unreadable files, sync map."""
    clips = tuple(clip(number, "CAM_A" if number < 2 else "CAM_B") for number in range(4))
    unsynced = Placement(clips[3].key, None, None, Status.UNSYNCED, 0.1, "No overlap found")
    return (
        clips,
        (Unreadable(Path("/cards/bro\udcffken\n.mov"), "nothing in it"),),
        SyncMap(
            (placement(0, 0.0), placement(1, 20.0), placement(2, 5.0, 1), unsynced),
            2,
            (True, False),
            (Finding("CAM_B", "timecode", "CAM_B timecode is 12 f ahead", 0.48),),
            clips[0].key,
        ),
    )


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "épisode #3.rushlock") as project:
        yield project
