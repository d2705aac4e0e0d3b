"""Timelines of other programs, good and hostile."""

import json
import re
from collections import Counter
from fractions import Fraction
from urllib.parse import unquote

import pytest
from lxml import etree

from rushlock.base.errors import UsageError
from rushlock.timeline.reading import SUFFIXES, xml
from rushlock.timeline.reading.any import READERS, timeline_rows
from rushlock.timeline.reading.xml import whole

XMEML = (
    '<xmeml version="5"><sequence><rate><timebase>25</timebase><ntsc>FALSE</ntsc></rate>'
    "<media><video><track>{}</track></video></media></sequence></xmeml>"
)


def test_every_suffix_that_is_offered_has_a_reader():
    assert set(SUFFIXES) == set(READERS)


def xmeml_items(root):
    return [i for i in root.iter("clipitem") if i.find("file") is not None and i.find("sequence") is None]


def test_real_fcp7_timelines_come_in_whole(public_media):
    for path in (public_media / "interchange" / "fcp7_xml").glob("*.xml"):
        root = etree.parse(path).getroot()
        if root.find(".//sequence") is None:
            continue
        rows = timeline_rows(path)
        items = xmeml_items(root)
        assert Counter(row.name for row in rows) == Counter(i.findtext("name") for i in items)
        assert all(row.duration > 0 for row in rows)
        urls = {url.text for url in root.iter("pathurl")}
        assert len({row.path for row in rows if row.path}) == len(urls)
        # what an item's first frame is called: its file's first label and its own in-point
        starts = {file.get("id"): file.findtext("timecode/frame") for file in root.iter("file") if len(file)}
        first = Counter(int(starts[i.find("file").get("id")] or 0) + whole(i.findtext("in")) for i in items)
        assert Counter(row.source.frames for row in rows) == first


def test_real_otio_timelines_come_in_whole(public_media):
    """Two of them hold markers of a later OpenTimelineIO, one nests stacks and tracks."""
    for path in (public_media / "interchange" / "otio_samples").glob("*.otio"):
        clips = list(_otio_clips(json.loads(path.read_text(encoding="utf-8"))))
        rows = timeline_rows(path)
        assert clips
        assert Counter(row.name for row in rows) == Counter(clip["name"] for clip in clips)
        assert {str(row.path) for row in rows if row.path} == {file for c in clips if (file := _otio_file(c))}
        first = {(r["value"], r["rate"]) for c in clips if (r := (c["source_range"] or {}).get("start_time"))}
        assert first <= {(row.source.frames, float(row.source.rate.fps)) for row in rows}
        assert all(row.camera and row.duration > 0 for row in rows)


def test_premieres_tracks_without_names_are_cameras_all_the_same(public_media):
    rows = timeline_rows(public_media / "interchange" / "otio_samples" / "premiere_example.otio")
    assert {row.camera for row in rows} == {"V1", "V2", "V3", "V4", "A1", "A2", "A3", "A4"}


def _otio_file(clip):
    """Return the file that a clip's first reference names, as its own system writes it; none on the net."""
    references = [clip.get("media_reference"), *(clip.get("media_references") or {}).values()]
    url = next((r["target_url"] for r in references if r and r.get("target_url")), "")
    plain = unquote(url.removeprefix("file://").removeprefix("localhost"))
    drive = re.match(r"/([A-Za-z]:/.*)", plain)
    return drive[1].replace("/", "\\") if drive else plain


def _otio_clips(held):
    """Yield the clips of parsed JSON, whatever they lie in."""
    for inside in held.values() if isinstance(held, dict) else held:
        if isinstance(inside, dict | list):
            yield from _otio_clips(inside)
    if isinstance(held, dict) and held.get("OTIO_SCHEMA", "").startswith("Clip."):
        yield held


def test_every_file_of_real_fcpxml_is_named_and_a_multicams_angles_are_cameras(public_media):
    for path in (public_media / "interchange").glob("fcpxml_*/*.fcpxml"):
        root = etree.parse(path).getroot()
        used = {clip.get("ref") for tag in ("asset-clip", "video", "audio") for clip in root.iter(tag)}
        assets = [asset for asset in root.iter("asset") if asset.get("id") in used]
        rows = timeline_rows(path)
        assert len({row.path for row in rows}) == len({_source(asset) for asset in assets})
        angles = {angle.get("name") for angle in root.iter("mc-angle") if len(angle.findall("asset-clip"))}
        assert angles <= {row.camera for row in rows}


def _source(asset):
    return asset.get("src") or asset.find("media-rep").get("src")


def test_a_multicams_rows_lie_where_its_angles_say(public_media):
    rows = timeline_rows(public_media / "interchange" / "fcpxml_multicam_sync" / "MulticamSample.fcpxml")
    starts = {row.camera: row.start for row in rows}
    assert starts == {
        "4CH001I": 0,
        "Day2_InterviewOwners_02_A": Fraction(260260, 24000),
        "Day2_InterviewOwners_02_B": Fraction(304304, 24000),
        "Day2_InterviewOwners_02_C": Fraction(338338, 24000),
    }
    assert str(rows[0].source)[:8] == "11:23:49"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.xml", '<!DOCTYPE xmeml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xmeml>&b;</xmeml>'),
        ("file.xml", '<!DOCTYPE xmeml [<!ENTITY x SYSTEM "file:///etc/passwd">]><xmeml>&x;</xmeml>'),
        ("cut.xml", "<xmeml><sequence>"),
        ("empty.xml", ""),
        ("other.xml", "<svg/>"),
        ("other.fcpxml", "<xmeml/>"),
        ("deep.xml", "<xmeml>" + "<bin>" * 5000 + "</bin>" * 5000 + "</xmeml>"),
        ("time.fcpxml", '<fcpxml><event><asset-clip start="1/0s"/></event></fcpxml>'),
        ("words.fcpxml", '<fcpxml><event><clip offset="soon"/></event></fcpxml>'),
        ("rate.xml", "<xmeml><sequence/></xmeml>"),
        ("day.prproj", ""),
        ("folder.otio", None),
    ],
)
def test_hostile_and_broken_timelines_are_one_sentence(name, content, tmp_path):
    path = tmp_path / name
    if content is None:
        path.mkdir()
    else:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as told:
        timeline_rows(path)
    assert "root:x" not in str(told.value)


def test_a_timeline_larger_than_any_is_not_read_into_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(xml, "_MOST_BYTES", 10)
    (tmp_path / "day.xml").write_text(XMEML.format(""), encoding="utf-8")
    with pytest.raises(UsageError, match="too large"):
        timeline_rows(tmp_path / "day.xml")


def test_an_item_whose_start_a_transition_hides_lies_by_its_end(tmp_path):
    item = "<clipitem><start>-1</start><end>100</end><in>10</in><out>40</out><file/></clipitem>"
    (tmp_path / "cut.xml").write_text(XMEML.format(item), encoding="utf-8")
    (row,) = timeline_rows(tmp_path / "cut.xml")
    assert (row.start, row.duration) == (Fraction(70, 25), Fraction(30, 25))
    assert row.camera == "V1"


def test_a_nested_sequence_lies_where_its_item_does(tmp_path):
    inner = (
        "<sequence><rate><timebase>25</timebase></rate><media><video><track><clipitem><name>x</name>"
        "<start>5</start><end>15</end><in>0</in><out>10</out><file/></clipitem></track></video></media></sequence>"
    )
    item = f"<clipitem><start>100</start><end>120</end><in>2</in><out>22</out>{inner}</clipitem>"
    (tmp_path / "nest.xml").write_text(XMEML.format(item), encoding="utf-8")
    (row,) = timeline_rows(tmp_path / "nest.xml")
    assert (row.name, row.start) == ("x", Fraction(103, 25))
