"""A small shoot with one of everything."""

from fractions import Fraction
from pathlib import Path

import pytest

from rushlock.base.clock import Clock, Piece
from rushlock.base.timecode import Timecode
from rushlock.export.delivery import Delivery, ReliabilityPoint
from rushlock.media.clip import Unreadable
from rushlock.placements.sync_map import Evidence, Finding, Status


@pytest.fixture
def delivery(made_up):
    """Return cameras, a spanned clip, a stepping phone, a recorder; synced, locked, in review, unsynced."""
    df, r25 = made_up.rate("29.97"), made_up.rate("25")
    ten = Timecode.parse("10:00:00;00", df)
    a1 = made_up.clip("CAM_A", made_up.picture_file("/cards/CAM A/A001 #1.mov", df, 3000, ten, reel="A001"))
    a2 = made_up.clip(
        "CAM_A", made_up.picture_file("/cards/CAM A/A002.mov", df, 900, ten + 3600), given="A/A002.mov"
    )
    b1 = made_up.clip(
        "CAM_B", made_up.picture_file("/cards/CAM_B/=B001 <é>.mov", df, 600, ten + 450, sound=False)
    )
    lost = made_up.clip("CAM_B", made_up.picture_file("/cards/CAM_B/B002.mov", df, 300))
    spanned = made_up.clip(
        "GOPRO",
        *(made_up.picture_file(f"/cards/GOPRO/GX0{n}0042.MP4", df, 1500, ten + 1500 * n) for n in (1, 2)),
    )
    phone = made_up.clip("PHONE", made_up.picture_file("/cards/PHONE/IMG_1.mov", r25, 1000))
    mix = made_up.clip(
        "MIX", made_up.sound_file("/sound/T01.wav", 48_000 * 120, Fraction(36_000), channels=8)
    )
    day = float(ten.seconds)
    heard = Evidence("sound", mix.key, day, 0.0002, 0.995, True, "sound of T01.wav, 100 s together")
    refuted = Evidence("timecode", "", day + 3600, 3600.0, 0.01, False, "timecode says 11:00:00;00")
    stepping = Clock((Piece(0.0, day + 20.0), Piece(10.0, day + 20.25)))
    sync_map = made_up.sync_map(
        made_up.placement(a1, day, rate=1 + 12e-6, evidence=(heard, refuted)),
        made_up.placement(a2, day + 120.011, status=Status.LOCKED, reason="locked by you"),
        made_up.placement(
            b1, day + 15.02, status=Status.REVIEW, reason="two equally good places 2.0 s apart"
        ),
        made_up.placement(lost, None, reason="no sound"),
        made_up.placement(spanned, day + 50.0),
        made_up.placement(phone, day + 20.0, clock=stepping),
        made_up.placement(mix, day + 0.036),
        findings=(Finding("CAM_B", "timecode", "CAM_B timecode is 12 f ahead", 0.4004),),
        master=mix.key,
    )
    clips = (a1, a2, b1, lost, spanned, phone, mix)
    unreadable = (Unreadable(Path("/cards/CAM A/A003.mov"), "the file is empty"),)
    truth = {clip.key: start for clip, start in zip(clips[:3], (0.0, 120.01, 15.022), strict=True)}
    curve = (ReliabilityPoint(0.4, 0.5, 12), ReliabilityPoint(0.98, 0.985, 800))
    return Delivery(clips, unreadable, sync_map, "Day 3", df, True, truth=truth, reliability=curve)
