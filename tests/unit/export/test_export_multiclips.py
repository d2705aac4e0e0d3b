"""FCP 7 multiclips, read by lxml alone: every angle shows, at every frame, what the sync map says."""

import tempfile
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from rushlock.base.rate import parse_rate
from rushlock.base.timecode import Timecode
from rushlock.export.delivery import Delivery
from rushlock.export.fcp7.stretches import bounded, stretches
from rushlock.export.registry import DIALECTS
from rushlock.timeline.layout import layout
from rushlock.timeline.reading.any import timeline_rows
from rushlock.timeline.uri import uri_of

RATES = ["23.976", "24", "25", "29.97", "29.97DF", "30", "47.952", "50", "59.94", "59.94DF", "60"]
DTD = etree.DTD(str(Path(__file__).parent / "xmeml.dtd"))
TOLERANT = Fraction(1, 10**6)

a_clip = st.tuples(st.fractions(0, 40, max_denominator=1000), st.integers(1, 400))
takes = st.lists(a_clip, min_size=1, max_size=3)
a_camera_of_every_rate = st.tuples(*(st.tuples(st.just(rate), takes) for rate in RATES))


def delivery_of(made_up, timeline_rate, cameras):
    """Return cameras that start and stop: each clip begins some seconds after the one before."""
    clips, placements = [], []
    for number, (rate_name, wishes) in enumerate(cameras):
        rate, drop = parse_rate(rate_name)
        at = Fraction(3600)
        for take, (pause, frames) in enumerate(wishes):
            at += pause
            start = Timecode(1000 * number, rate, drop)
            path = f"/cards/{number} &<é>/{take}.mov"
            clip = made_up.clip(f"CAM {number}", made_up.picture_file(path, rate, frames, start, reel="R"))
            clips.append(clip)
            placements.append(made_up.placement(clip, float(at)))
            at += clip.duration + Fraction(1, 10)
    rate, drop = parse_rate(timeline_rate)
    return Delivery(tuple(clips), (), made_up.sync_map(*placements), "Day", rate, drop)


def number(element, tag):
    return int(element.findtext(tag))


class Shown:
    """What an independent reader finds: the angles (or the one clip) of each item of the track."""

    def __init__(self, root):
        sequence = root.find(".//sequence")
        self.origin = number(sequence, "timecode/frame")
        self.files = {file.get("id"): file for file in root.iter("file") if len(file)}
        (self.track,) = sequence.findall("media/video/track")

    def angles(self):
        """Yield url, record frame, first and last frame of the file, each at the timeline's rate."""
        for item in self.track.findall("clipitem"):
            start, end = number(item, "start"), number(item, "end")
            clips = item.findall("multiclip/angle/clip") or [item]
            for clip in clips:
                (file,) = {each.get("id") for each in clip.iter("file")}
                first, after = number(clip, "in"), number(clip, "out")
                yield self.files[file].findtext("pathurl"), self.origin + start, end - start, first, after


@pytest.mark.parametrize("timeline_rate", RATES)
@settings(max_examples=3)
@given(cameras=a_camera_of_every_rate)
def test_every_angle_shows_at_every_cut_what_lay_there_and_nothing_is_left_out(
    made_up, timeline_rate, cameras
):
    delivery = delivery_of(made_up, timeline_rate, cameras)
    rate = delivery.timeline_rate
    with tempfile.TemporaryDirectory() as folder:
        path = DIALECTS[".multiclip.xml"].write(Path(folder) / "day.multiclip.xml", delivery)
        root, rows = etree.parse(path).getroot(), timeline_rows(path)
    assert DTD.validate(root), DTD.error_log
    shown = Shown(root)
    placed = {uri_of(clip.path)[7:]: delivery.sync_map.by_clip[clip.key].start for clip in delivery.clips}
    lasted = dict.fromkeys(placed, 0)
    for url, record, frames, first, after in shown.angles():
        path = url.removeprefix("file://localhost")
        true = rate.seconds_of(record) - Fraction(placed[path])
        assert abs(rate.seconds_of(first) - true) <= rate.frame_seconds / 2 + TOLERANT
        assert frames - 1 <= after - first <= frames  # a file may end within the last frame
        lasted[path] += frames
    for clip in delivery.clips:
        whole = max(1, rate.frame_at(clip.duration, "floor"))
        collided = whole - lasted[uri_of(clip.path)[7:]]
        assert 0 <= collided <= 3  # what a clip gives up where the next one's rounded start is
    items = [(number(i, "start"), number(i, "end")) for i in shown.track.findall("clipitem")]
    assert all(sooner[1] <= later[0] for sooner, later in pairwise(items))
    assert {(row.path, row.camera) for row in rows if row.kind == "Video"} == {
        (clip.path, clip.camera) for clip in delivery.clips
    }
    for row in rows:
        if row.kind == "Video":
            lies = row.start - Fraction(placed[uri_of(row.path)[7:]])
            counted = row.source.seconds - row.media.start.seconds
            assert (
                abs(counted - lies) <= rate.frame_seconds / 2 + row.source.rate.frame_seconds / 2 + TOLERANT
            )


def test_angles_name_cameras_carry_their_channels_and_one_is_active(delivery, tmp_path):
    root = etree.parse(DIALECTS[".multiclip.xml"].write(tmp_path / "day.multiclip.xml", delivery)).getroot()
    multiclips = list(root.iter("multiclip"))
    assert {clip.get("Rushlock.Camera") for m in multiclips for clip in m.iter("clip")} == {
        "CAM_A",
        "CAM_B",
        "GOPRO",
        "PHONE",
    }
    for multiclip in multiclips:
        active = [angle.findtext("activevideoangle") for angle in multiclip.findall("angle")]
        assert active == ["TRUE"] + ["FALSE"] * (len(active) - 1)
        lengths = {number(clip, "out") - number(clip, "in") for clip in multiclip.iter("clip")}
        assert max(lengths) - min(lengths) <= 1
    assert [m for m in multiclips if m.findtext("synctype") != "1"] == []
    assert not [clip for m in multiclips for clip in m.iter("clip") if clip.find("media/audio") is not None]
    heard = [t.get("Rushlock.Camera") for t in root.findall(".//sequence/media/audio/track")]
    assert heard == ["MIX"] * 8
    said = {marker.findtext("name") for marker in root.iterfind(".//clipitem/marker")}
    assert said == {"locked", "review", "clock step"}
    assert [name.text for name in root.iterfind(".//bin/name")] == ["CAM_A", "CAM_B", "GOPRO", "PHONE", "MIX"]
    assert "where 1 clip without a place would lie" in " ".join(DIALECTS[".multiclip.xml"].losses(delivery))


def test_what_another_program_calls_its_angles_are_cameras_of_their_own(tmp_path):
    """As Final Cut Pro 7 writes it: an angle told once, later by its identifier."""
    rate = "<rate><timebase>25</timebase><ntsc>FALSE</ntsc></rate>"
    angles = "".join(
        f'<angle><clip id="c{n}">{rate}<in>{10 * n}</in><out>99</out><media><video><track><clipitem>'
        f'<file id="f{n}"><name>{n}.mov</name>{rate}<duration>100</duration>'
        f"<pathurl>file://localhost/{n}.mov</pathurl></file></clipitem></track></video></media></clip></angle>"
        for n in (1, 2)
    )
    items = (
        f'<clipitem>{rate}<start>0</start><end>5</end><in>0</in><out>5</out><multiclip id="m">{angles}'
        "</multiclip></clipitem><clipitem><start>5</start><end>9</end><in>5</in><out>9</out>"
        f'{rate}<multiclip id="m"/></clipitem>'
    )
    (tmp_path / "cut.xml").write_text(
        f'<xmeml version="5"><sequence>{rate}<media><video><track>{items}</track></video></media></sequence>'
        "</xmeml>",
        encoding="utf-8",
    )
    rows = timeline_rows(tmp_path / "cut.xml")
    assert [(row.camera, str(row.path), row.source.frames) for row in rows] == [
        ("V1 angle 1", "/1.mov", 10),
        ("V1 angle 2", "/2.mov", 20),
        ("V1 angle 1", "/1.mov", 15),
        ("V1 angle 2", "/2.mov", 25),
    ]


def laid(made_up, starts, lengths):
    """Return a layout of one clip a camera."""
    rate = made_up.rate("25")
    files = [made_up.picture_file(f"/{n}.mov", rate, frames) for n, frames in enumerate(lengths)]
    clips = [made_up.clip(f"CAM {n}", file) for n, file in enumerate(files)]
    placed = [made_up.placement(clip, at) for clip, at in zip(clips, starts, strict=True)]
    return layout(clips, made_up.sync_map(*placed), rate, False)


def test_cuts_that_lie_too_close_become_one_and_angles_still_run_through(made_up):
    plan = laid(made_up, [3600 + 0.4 * n for n in range(40)], [500] * 40)
    every, none = bounded(plan.rows, plan.rate, 10_000)
    assert (none, len(every)) == (0, 79)
    fewer, shortest = bounded(plan.rows, plan.rate, 300)
    assert sum(len(stretch.angles) for stretch in fewer) <= 300
    assert shortest >= 25
    assert all(stretch.frames >= shortest for stretch in fewer[:-1])
    for stretch in fewer:
        assert all(e.record <= stretch.record and e.end >= stretch.end for e in stretch.angles)
    assert all(sooner.end <= later.record for sooner, later in pairwise(fewer))
    for row in plan.rows:
        (event,) = row.events
        shown = [stretch for stretch in fewer if event in stretch.angles]
        assert shown[0].record - event.record <= shortest
        assert event.end - shown[-1].end <= shortest


def test_a_camera_that_starts_alone_joins_soon_although_nothing_changes_for_long(made_up):
    plan = laid(made_up, (3600.0, 3600.2, 3600.4), (60_000, 50_000, 40_000))
    first = plan.rows[0].events[0].record
    found = [(s.record - first, len(s.angles)) for s in stretches(plan.rows, shortest=25)]
    assert found == [(0, 1), (25, 3), (40_010, 2), (50_005, 1)]


@pytest.mark.parametrize("suffix", [".xml", ".multiclip.xml"])
def test_both_forms_keep_to_the_reference_and_name_every_file_once(delivery, suffix, tmp_path):
    root = etree.parse(DIALECTS[suffix].write(tmp_path / f"day{suffix}", delivery)).getroot()
    assert DTD.validate(root), DTD.error_log
    told = [file.get("id") for file in root.iter("file") if len(file)]
    assert len(told) == len(set(told)) == sum(len(clip.files) for clip in delivery.clips)
    whole = {file.get("id") for file in root.iter("file")}
    assert whole == set(told)
    assert all(track.find("locked") is not None for track in root.iter("track") if suffix == ".xml")
