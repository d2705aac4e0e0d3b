"""What of a shoot arrives besides places: markers, confidences, archives. By other programs' readers.

Places, timecode, names and paths at every pair of rates: test_export_round_trips (OTIO, FCP 7 XML, FCPXML),
test_export_aaf, test_export_lists (EDL, ALE).
"""

import csv
import json
from dataclasses import replace

import aaf2
import opentimelineio as otio
import pytest
from lxml import etree

from rushlock.export import ale, edl
from rushlock.export.registry import DIALECTS

MARKED = {
    ("A002.mov", "locked", "locked by you (confidence 99%)"),
    ("=B001 <é>.mov", "review", "two equally good places 2.0 s apart (confidence 99%)"),
    ("B002.mov", "unsynced", "no sound (confidence 0%)"),
    ("IMG_1.mov", "clock step", "The clip's clock jumps by +0.250 s here"),
}
"""Of the shoot of ``delivery``: clip, marker, words."""

CONFIDENCE = {
    "A001 #1.mov": 0.99,
    "A002.mov": 0.99,
    "=B001 <é>.mov": 0.99,
    "B002.mov": 0.0,
    "GX010042.MP4": 0.99,
    "IMG_1.mov": 0.99,
    "T01.wav": 0.99,
}


@pytest.fixture
def written(delivery, tmp_path):
    """Write the shoot in a dialect."""
    return lambda suffix: DIALECTS[suffix].write(tmp_path / f"day{suffix}", delivery)


def stem(name):
    return name.rpartition(".")[0]


def test_otios_fcp7_reader_finds_every_marker_at_its_frame_with_its_words(written):
    pytest.importorskip("otio_fcp_adapter", reason="no independent reader of FCP 7 XML here")
    read = otio.adapters.read_from_file(str(written(".xml")), "fcp_xml")
    marked = [
        (clip, marker)
        for track in read.video_tracks()
        for clip in track.find_clips()
        for marker in clip.markers
    ]
    said = {(clip.name, marker.name, marker.metadata["fcp_xml"]["comment"]) for clip, marker in marked}
    assert said == MARKED
    starts = {marker.name: round(marker.marked_range.start_time.value) for _, marker in marked}
    assert starts == {"locked": 0, "review": 0, "unsynced": 0, "clock step": 300}  # 10 s of a phone, at 29.97


def test_fcpxml_says_every_marker_at_its_clips_first_frame_with_its_words(written):
    root = etree.parse(written(".fcpxml")).getroot()
    marked = [marker for marker in root.iter("marker") if marker.getparent().getparent().tag != "sync-clip"]
    said = {(marker.getparent().get("name"), marker.get("value"), marker.get("note")) for marker in marked}
    assert said == {(stem(clip), name, words) for clip, name, words in MARKED}
    assert all(marker.get("start") == marker.getparent().get("start") for marker in marked)


@pytest.mark.parametrize("suffix", [".otio", ".multicam.otio", ".otioz"])
def test_otio_keeps_markers_confidence_and_evidence(written, suffix):
    read = otio.adapters.read_from_file(str(written(suffix)))
    clips = list(read.find_clips())
    marked = {(clip.name, marker.name, marker.comment) for clip in clips for marker in clip.markers}
    confidence = {clip.name: clip.metadata["rushlock"]["confidence"] for clip in clips}
    evidence = {kept["kind"] for clip in clips for kept in clip.metadata["rushlock"].get("evidence", [])}
    assert marked == MARKED
    assert {name: confidence[name] for name in CONFIDENCE} == CONFIDENCE
    assert evidence == {"sound", "timecode"}


def test_an_archive_says_what_the_plain_timeline_says_but_where_the_media_lie(written):
    """An archive holds no missing media; places, source timecode, rates and links are the timeline's own."""
    plain, packed = (otio.adapters.read_from_file(str(written(suffix))) for suffix in (".otio", ".otioz"))

    def said(timeline):
        tracks = [(track.name, track.kind) for track in timeline.tracks]
        places = [
            (clip.name, clip.range_in_parent(), clip.source_range, clip.media_reference.available_range)
            for clip in timeline.find_clips()
        ]
        reels = [clip.metadata["rushlock"]["reel"] for clip in timeline.find_clips()]
        return timeline.global_start_time, tracks, places, reels

    assert said(packed) == said(plain)
    assert any(said(plain)[3])


def test_an_aafs_master_clips_show_the_confidence_in_the_bin(written):
    with aaf2.open(str(written(".aaf"))) as aaf:
        shown = {
            mob.name: float(dict(mob.comments.items())["Sync Confidence"]) for mob in aaf.content.mastermobs()
        }
    assert {name: shown[name] for name in CONFIDENCE} == CONFIDENCE


def test_an_ale_has_a_column_for_the_confidence(delivery):
    adapter = pytest.importorskip("otio_ale_adapter.ale", reason="no independent reader of ALE here")
    shown = {}
    for _, text in ale.render(delivery):
        for clip in adapter.read_from_string(text, fps=25).find_clips():
            shown[clip.name] = float(clip.metadata["ALE"]["Sync Confidence"])
    assert {name: shown[name] for name in CONFIDENCE} == CONFIDENCE


def test_an_edls_comments_and_locators_belong_to_the_right_clips(delivery):
    """Without drop-frame: the reader knows no locator with a semicolon."""
    adapter = pytest.importorskip("otio_cmx3600_adapter.cmx_3600", reason="no independent reader of EDL here")
    marked, said = set(), {}
    for _, text in edl.render(replace(delivery, drop=False)):
        read = adapter.read_from_string(text, rate=30000 / 1001, ignore_timecode_mismatch=True)
        for clip in read.find_clips():
            marked |= {(clip.name, *marker.name.split(": ", 1)) for marker in clip.markers}
            said[clip.name] = list(clip.metadata["cmx_3600"]["comments"])
    assert marked == {entry for entry in MARKED if entry[1] != "unsynced"}  # what has no place is in no list
    status = {"A002.mov": "locked", "=B001 <é>.mov": "review"}
    assert {name for name, _, _ in marked} <= set(said)
    for name, comments in said.items():
        assert f"SYNC: {status.get(name, 'synced')}, confidence 99%" in comments


def test_scripts_get_every_confidence(written):
    with written(".csv").open(encoding="utf-8-sig", newline="") as file:
        table = {row["clip"].rpartition("/")[2]: float(row["confidence"]) for row in csv.DictReader(file)}
    said = json.loads(written(".json").read_bytes())["clips"].items()
    for found in (table, {name.rpartition("/")[2]: clip["confidence"] for name, clip in said}):
        assert {name: found[name] for name in CONFIDENCE} == CONFIDENCE
