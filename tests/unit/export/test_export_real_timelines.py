"""Timelines that NLEs wrote, taken in, written in every dialect, and taken in again."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from rushlock.base.timecode import Timecode
from rushlock.export.delivery import Delivery
from rushlock.export.registry import DIALECTS
from rushlock.pipeline.from_timeline import wanted_media
from rushlock.timeline.reading.any import timeline_rows

NAMES = [
    "fcp7_xml/hiero_xml_export.xml",
    "fcp7_xml/premiere_example.xml",
    "fcpxml_adapter/fcpx_example.fcpxml",
    "fcpxml_multicam_sync/23.98.fcpxml",
    "fcpxml_multicam_sync/24With25Media.fcpxml",
    "fcpxml_multicam_sync/29.97d.fcpxml",
    "fcpxml_multicam_sync/MulticamMarkers.fcpxml",
    "fcpxml_multicam_sync/MulticamSample.fcpxml",
    "fcpxml_multicam_sync/SyncClipRoles.fcpxml",
    "otio_samples/multiple_track.otio",
    "otio_samples/premiere_example.otio",
    "otio_samples/simple_cut.otio",
]
every_real_timeline = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def taken_in(public_media, made_up):
    """Return a delivery of a real timeline's files, one after another, drifting a bit."""

    def of(name):
        placed, at = {}, 3600.3
        for number, want in enumerate(wanted_media(timeline_rows(public_media / "interchange" / name))):
            file = replace(file_of(made_up, want), path=Path(f"/cards/{number}/{want.path.name}"))
            clip = made_up.clip(want.camera, file)
            placed[clip] = made_up.placement(clip, at, rate=1 + 40e-6)
            at += float(file.duration) + 1
        return Delivery(tuple(placed), (), made_up.sync_map(*placed.values()), "day", made_up.rate("25"))

    return of


def file_of(made_up, want):
    start, length = want.media.start, want.media.duration
    more = {"reel": want.media.reel, "fingerprint": str(want.path)}
    if start.rate.fps > 1000:  # samples
        samples = round(length * start.rate.fps)
        day = start.seconds if start.frames else None
        return made_up.sound_file("x", samples, day, sample_rate=int(start.rate.fps), **more)
    frames = start.rate.frame_at(length)
    return made_up.picture_file(
        "x", start.rate, frames, Timecode(start.frames, start.rate, start.drop), **more
    )


def known(rows):
    """Return what the table promises of each file: camera, source timecode, rate, length, reel."""
    return {
        want.path: (
            want.camera,
            want.media.start.frames,
            want.media.start.rate,
            want.media.duration,
            want.media.reel,
        )
        for want in wanted_media(rows)
    }


@every_real_timeline
@pytest.mark.parametrize("suffix", [".otio", ".multicam.otio", ".xml", ".multiclip.xml", ".fcpxml"])
def test_what_an_nle_wrote_goes_through_every_dialect_unharmed(
    taken_in, name, suffix, tmp_path, public_media
):
    delivery = taken_in(name)
    rows = timeline_rows(DIALECTS[suffix].write(tmp_path / f"day{suffix}", delivery))
    again = known(rows)
    for clip in delivery.clips:
        camera, frames, rate, length, reel = again[clip.path]
        assert camera == clip.camera
        if clip.timecode is not None:
            assert (frames, rate) == (clip.timecode.frames, clip.rate)
            assert length == clip.duration
        assert reel == clip.files[0].reel


@every_real_timeline
def test_losses_of_a_real_shoot_are_sentences_that_a_person_would_say(taken_in, name):
    delivery = taken_in(name)
    for dialect in DIALECTS.values():
        for sentence in dialect.losses(delivery):
            assert not re.search(r"^1 \w+s\b(?! of)|\b0(\.0)? |None|<|\bFraction|\d\.\d{4}", sentence), (
                sentence
            )
            assert sentence == sentence.strip().rstrip(".")
            assert len(sentence) < 200
            assert re.search("clip|file|record|sound|reel", sentence), sentence
