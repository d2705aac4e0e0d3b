"""What is written is read back: places within half a frame, source timecode exact, names and paths intact."""

import importlib.util
import os
import tempfile
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from io import StringIO
from pathlib import Path, PurePath, PureWindowsPath

import opentimelineio as otio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from rushlock.base.rate import FrameRate, parse_rate
from rushlock.base.timecode import Timecode
from rushlock.export.delivery import Delivery
from rushlock.export.policy import FcpxmlVersion, Policy
from rushlock.export.registry import DIALECTS
from rushlock.timeline.reading.any import timeline_rows
from rushlock.timeline.uri import uri_of

RATES = ["23.976", "24", "25", "29.97", "29.97DF", "30", "47.952", "50", "59.94", "59.94DF", "60"]
READABLE = [".otio", ".multicam.otio", ".xml", ".fcpxml"]
DECLARED = (Path(__file__).parent / "fcpxml.dtd").read_text(encoding="utf-8")
BEFORE_1_9 = DECLARED.replace('before-1.9 "IGNORE"', 'before-1.9 "INCLUDE"').replace(
    'since-1.9 "INCLUDE"', 'since-1.9 "IGNORE"'
)
DTD, OLD_DTD = (etree.DTD(StringIO(text)) for text in (DECLARED, BEFORE_1_9))
TOLERANT = Fraction(1, 10**6)
"""Sync maps hold starts as doubles; below a day they are exact to far less than this."""

names = st.text(
    st.characters(exclude_categories=("C", "Z"), include_characters=" ", exclude_characters="/\\"),
    min_size=1,
    max_size=12,
).filter(lambda name: name not in (".", ".."))


def placed(rate):
    """Draw a clip of a rate (a strategy), somewhere."""
    return st.fixed_dictionaries(
        {
            "rate": rate,
            "start": st.fractions(0, 80_000, max_denominator=1_000_000),
            "frames": st.integers(1, 100_000),
            "timecode": st.integers(0, 2_000_000),
            "name": names,
        }
    )


a_few = st.lists(placed(st.sampled_from(RATES)), min_size=1, max_size=3)
of_every_rate = st.tuples(*(placed(st.just(rate)) for rate in RATES))
every_timeline_rate = pytest.mark.parametrize("timeline_rate", RATES)
"""With ``of_every_rate`` in it: every pair of clip rate and timeline rate, in every run."""


def delivery_of(made_up, timeline_rate, cameras):
    """Return one clip per camera, planted at its start."""
    clips, placements = [], []
    for number, wish in enumerate(cameras):
        rate, drop = parse_rate(wish["rate"])
        start = Timecode(wish["timecode"], rate, drop)
        path = f"/cards/{number} &<>'\" é/{wish['name']}.mov"
        clip = made_up.clip(
            f"CAM {number}", made_up.picture_file(path, rate, wish["frames"], start, reel=f"R{number}")
        )
        clips.append(clip)
        placements.append(made_up.placement(clip, float(wish["start"])))
    rate, drop = parse_rate(timeline_rate)
    return Delivery(tuple(clips), (), made_up.sync_map(*placements), "Tag & Nacht", rate, drop)


def written(delivery, suffix, folder):
    return DIALECTS[suffix].write(Path(folder) / f"day{suffix}", delivery)


@pytest.mark.parametrize("suffix", READABLE)
@every_timeline_rate
@settings(max_examples=4)
@given(cameras=of_every_rate)
def test_every_pair_of_rates_comes_back_to_the_frame(made_up, suffix, timeline_rate, cameras):
    delivery = delivery_of(made_up, timeline_rate, cameras)
    with tempfile.TemporaryDirectory() as folder:
        rows = timeline_rows(written(delivery, suffix, folder))
    rate = delivery.timeline_rate
    for clip, wish in zip(delivery.clips, cameras, strict=True):
        (row,) = (r for r in rows if r.camera == clip.camera and r.kind == "Video" and r.synced)
        assert abs(row.start - wish["start"]) <= rate.frame_seconds / 2 + TOLERANT
        assert (row.source.frames, row.source.rate) == (clip.timecode.frames, clip.rate)
        assert row.source.drop == clip.timecode.drop
        assert row.path == PurePath(clip.path)
        assert (
            abs(row.duration - clip.duration) < rate.frame_seconds
        )  # cut short to whole frames, never longer
        assert row.duration <= max(clip.duration, rate.frame_seconds)
        assert row.media.duration == clip.duration
        assert row.media.reel == clip.camera.replace("CAM ", "R")


@pytest.mark.skipif(
    importlib.util.find_spec("otio_fcp_adapter") is None,
    reason="otio-fcp-adapter is not installed",
)
@every_timeline_rate
@settings(max_examples=3)
@given(cameras=of_every_rate)
def test_another_reader_finds_the_same_in_fcp7_xml(made_up, timeline_rate, cameras):
    """OTIO's adapter reads places, timecode and paths by code that is none of ours."""
    delivery = delivery_of(made_up, timeline_rate, cameras)
    with tempfile.TemporaryDirectory() as folder:
        read = otio.adapters.read_from_file(str(written(delivery, ".xml", folder)), "fcp_xml")
    rate = delivery.timeline_rate
    origin = round(read.global_start_time.value)
    for track, clip, wish in zip(read.video_tracks(), delivery.clips, cameras, strict=True):
        (item,) = track.find_clips()
        at = item.trimmed_range_in_parent().start_time.rescaled_to(read.global_start_time.rate)
        record = origin + round(at.value)
        assert abs(rate.seconds_of(record) - wish["start"]) <= rate.frame_seconds / 2 + TOLERANT
        media = item.media_reference.available_range.start_time
        assert (media.value, FrameRate.nearest(media.rate)) == (clip.timecode.frames, clip.rate)
        assert item.source_range.start_time.to_seconds() == pytest.approx(media.to_seconds(), abs=1e-6)
        assert item.name == clip.name
        assert item.media_reference.target_url.removeprefix("file://localhost") == uri_of(clip.path)[7:]


@pytest.mark.parametrize("rate", ["24", "25", "30", "50", "60"])
@settings(max_examples=5)
@given(data=st.data())
def test_another_reader_finds_the_same_in_fcpxmls_angles(made_up, rate, data):
    """OTIO's adapter knows no multicam, so each angle is handed to it as a project, and whole rates alone.

    It cuts what a double makes of a time down to whole frames: a frame early is its own doing.
    """
    adapter = pytest.importorskip("otio_fcpx_xml_adapter.fcpx_xml", reason="no independent reader of FCPXML")
    cameras = data.draw(st.lists(placed(st.just(rate)), min_size=1, max_size=3))
    delivery = replace(delivery_of(made_up, rate, cameras), policy=Policy(fcpxml=FcpxmlVersion.V1_8))
    with tempfile.TemporaryDirectory() as folder:
        root = etree.parse(written(delivery, ".fcpxml", folder)).getroot()
    angles = {angle.get("name"): angle for angle in root.iter("mc-angle")}
    for clip, wish in zip(delivery.clips, cameras, strict=True):
        (project,) = adapter.read_from_string(as_project(root, angles[clip.camera]))
        (item,) = project.find_clips()
        at = item.range_in_parent().start_time.value
        assert delivery.timeline_rate.frame_at(wish["start"]) - at in (0, 1)
        assert clip.timecode.frames - item.source_range.start_time.value in (0, 1)
        assert wish["frames"] - item.source_range.duration.value in (0, 1)
        assert item.source_range.start_time.rate == float(clip.rate.fps)
        assert item.name == clip.path.stem
        assert item.media_reference.target_url == uri_of(clip.path)


def as_project(root, angle):
    """Return a document of which the only project shows what an angle does."""
    resources = deepcopy(root.find("resources"))
    for media in resources.findall("media"):
        resources.remove(media)
    alone, sequence = etree.Element("fcpxml", version="1.8"), etree.Element("sequence", format="r1")
    project = etree.SubElement(etree.SubElement(alone, "event", name="day"), "project")
    etree.SubElement(sequence, "spine").extend(deepcopy(list(angle)))
    project.append(sequence)
    alone.insert(0, resources)
    return etree.tostring(alone, encoding="unicode")


@settings(max_examples=30)
@given(
    timeline_rate=st.sampled_from(RATES),
    cameras=a_few,
    version=st.sampled_from(FcpxmlVersion),
)
def test_fcpxml_is_valid_and_its_angles_lie_on_whole_frames_without_holes(
    made_up, timeline_rate, cameras, version
):
    delivery = replace(delivery_of(made_up, timeline_rate, cameras), policy=Policy(fcpxml=version))
    with tempfile.TemporaryDirectory() as folder:
        root = etree.parse(written(delivery, ".fcpxml", folder)).getroot()
    assert root.get("version") == version.value
    dtd = OLD_DTD if version is FcpxmlVersion.V1_8 else DTD
    assert dtd.validate(root), dtd.error_log
    frame = delivery.timeline_rate.frame_seconds
    for angle in root.iter("mc-angle"):
        at = fraction(angle.getparent().get("tcStart"))
        for item in angle:
            assert fraction(item.get("offset")) == at
            assert (fraction(item.get("duration")) / frame).denominator == 1
            at += fraction(item.get("duration"))


def fraction(time):
    return Fraction(time.removesuffix("s"))


@pytest.mark.parametrize("suffix", [*READABLE, ".multiclip.xml"])
@pytest.mark.parametrize("path", ["C:\\Rushes\\CAM A\\a#1 é.mov", "\\\\nas\\day 3\\<A>&'001.mov"])
def test_windows_and_share_paths_come_back_whole(made_up, suffix, path, tmp_path):
    rate = made_up.rate("25")
    file = replace(made_up.picture_file("x", rate, 50), path=PureWindowsPath(path))
    clip = made_up.clip("A", file)
    delivery = Delivery((clip,), (), made_up.sync_map(made_up.placement(clip, 10.0)), "Day", rate)
    rows = timeline_rows(written(delivery, suffix, tmp_path))
    assert {row.path for row in rows} == {PureWindowsPath(path)}


@pytest.mark.parametrize("suffix", [*READABLE, ".multiclip.xml", ".aaf"])
def test_a_name_that_xml_cannot_hold_is_still_written(made_up, suffix, tmp_path):
    path = "/cards/\x01\x1f" + os.fsdecode(b"\xff") + ".mov"
    clip = made_up.clip("A\x02", made_up.picture_file(path, made_up.rate("25"), 50))
    placed = made_up.placement(clip, 1.0, reason="\x03")
    delivery = Delivery((clip,), (), made_up.sync_map(placed), "Day\x04", made_up.rate("25"))
    assert written(delivery, suffix, tmp_path).stat().st_size > 0


def test_fcp7_xml_says_drop_frame_links_a_pictures_channels_and_numbers_what_they_play(delivery, tmp_path):
    root = etree.parse(written(delivery, ".xml", tmp_path)).getroot()
    timecode = root.find(".//sequence/timecode")
    assert (timecode.findtext("string"), timecode.findtext("displayformat")) == ("10:00:00;00", "DF")
    items = {item.get("id"): item for item in root.iter("clipitem") if item.get("id")}
    for item in items.values():
        linked = [link.findtext("linkclipref") for link in item.iterfind("link")]
        assert {items[other].findtext("name") for other in linked} <= {item.findtext("name")}
        assert {items[other].findtext("start") for other in linked} <= {item.findtext("start")}
    mix = [
        item.findtext("sourcetrack/trackindex")
        for item in items.values()
        if item.findtext("name") == "T01.wav"
    ]
    assert mix == [str(channel) for channel in range(1, 9)]
    assert [name.text for name in root.iterfind(".//bin/name")] == ["CAM_A", "CAM_B", "GOPRO", "PHONE", "MIX"]


def test_synchronised_clips_hold_the_recorders_sound_at_its_sample(delivery, tmp_path):
    root = etree.parse(written(delivery, ".fcpxml", tmp_path)).getroot()
    by_name = {clip.get("name"): clip for clip in root.iter("sync-clip")}
    b1 = by_name["=B001 <é> - Synchronized"]
    sound = b1.find("asset-clip/asset-clip")
    # CAM_B began at 15.02 s, the recorder at 0.036 s: 14.984 s of it are past
    assert fraction(sound.get("start")) == 36_000 + Fraction(round(14.984 * 48_000), 48_000)
    assert sound.get("offset") == b1.get("start")
