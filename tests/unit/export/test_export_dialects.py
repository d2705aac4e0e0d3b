"""Every dialect: golden files, schema, honest failures."""

import csv
import errno
import io
import json
import os
from dataclasses import replace
from pathlib import Path

import jsonschema
import opentimelineio as otio
import pytest

from rushlock.base.clock import Clock
from rushlock.base.errors import ExportError, UsageError
from rushlock.export import csv_file, otio_file, registry, sync_json
from rushlock.export.table import start_errors, table_rows

BINARY = {".otioz", ".aaf", ".wav"}
SEVERAL = {".ale", ".edl"}
"""Dialects of a file for each camera or rate; see test_export_lists."""

every_dialect = pytest.mark.parametrize("suffix", registry.DIALECTS)
every_text = pytest.mark.parametrize(
    "suffix", [suffix for suffix in registry.DIALECTS if suffix not in BINARY | SEVERAL]
)


@every_text
def test_what_is_written_is_what_was_reviewed(delivery, suffix, golden, tmp_path):
    dialect = registry.dialect_of(Path(f"Day 3{suffix.upper()}"))
    destination = tmp_path / "new folder" / f"day{suffix}"

    assert dialect.write(destination, delivery) == destination

    text = destination.read_bytes().decode("utf-8")
    golden(f"day{suffix}", text.replace("\r\n", "\n"))
    again = dialect.write(tmp_path / f"again{suffix}", delivery)
    assert again.read_bytes() == destination.read_bytes()  # nothing in it changes from run to run
    assert [path.name for path in destination.parent.iterdir()] == [destination.name]


@every_dialect
@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "may not be written to")]
)
def test_a_failed_write_leaves_the_old_file_and_says_why(
    delivery, suffix, number, words, tmp_path, monkeypatch
):
    destination = tmp_path / f"day{suffix}"
    destination.write_text("last night's", encoding="utf-8")

    def refuse(_handle):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ExportError, match=words):
        registry.DIALECTS[suffix].write(destination, delivery)

    assert destination.read_text(encoding="utf-8") == "last night's"
    assert list(tmp_path.iterdir()) == [destination]


def test_a_path_through_a_file_is_one_sentence(delivery, tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(ExportError, match="is a file, not a folder"):
        otio_file.write(tmp_path / "out" / "day.otio", delivery)


def test_an_unknown_suffix_names_the_known_ones():
    with pytest.raises(UsageError, match=r"\.otio, .*\.json, .*\.csv, .*\.html"):
        registry.dialect_of(Path("day.pdf"))


@every_dialect
def test_a_project_without_clips_is_still_written(delivery, suffix, made_up, tmp_path):
    empty = replace(delivery, clips=(), sync_map=made_up.sync_map(time_of_day=()), unreadable=(), truth=None)
    assert registry.DIALECTS[suffix].write(tmp_path / f"day{suffix}", empty).stat().st_size > 0


def test_sync_json_keeps_to_its_schema_and_says_everything(delivery):
    document = json.loads(sync_json.render(delivery))
    jsonschema.Draft202012Validator.check_schema(sync_json.schema())
    jsonschema.validate(document, sync_json.schema(), cls=jsonschema.Draft202012Validator)

    assert set(document["clips"]) == {clip.given or str(clip.path) for clip in delivery.clips}
    for clip in delivery.clips:
        said, placement = document["clips"][clip.given or str(clip.path)], delivery.sync_map.by_clip[clip.key]
        pieces = tuple((p["since"], p["start"], p["rate"]) for p in said["pieces"])
        assert said["start"] == placement.start
        assert said["status"] == placement.status.value
        assert pieces == tuple((p.since, p.start, p.rate) for p in (placement.clock or Clock(())).pieces)
        assert len(said["files"]) == len(clip.files)
    first = document["clips"]["/cards/CAM A/A001 #1.mov"]
    assert first["timecode"] == "10:00:00;00"
    assert first["evidence"][0]["other"] == document["master"] == "/sound/T01.wav"


def test_the_schema_refuses_a_clip_without_status(delivery):
    document = sync_json.document(delivery)
    del document["clips"]["/sound/T01.wav"]["status"]
    with pytest.raises(jsonschema.ValidationError, match="status"):
        jsonschema.validate(document, sync_json.schema(), cls=jsonschema.Draft202012Validator)


def test_numbers_that_are_none_become_null(delivery):
    broken = replace(delivery.sync_map.placements[0], precision=float("nan"), confidence=float("inf"))
    sync_map = replace(delivery.sync_map, placements=(broken, *delivery.sync_map.placements[1:]))
    said = json.loads(sync_json.render(replace(delivery, sync_map=sync_map)))
    assert said["clips"]["/cards/CAM A/A001 #1.mov"]["precision"] is None
    assert said["clips"]["/cards/CAM A/A001 #1.mov"]["confidence"] is None


def test_a_name_that_is_no_utf8_is_written_and_comes_back(delivery, made_up, tmp_path):
    name = os.fsdecode(b"/cards/\xff\n.mov")
    odd = made_up.clip(os.fsdecode(b"CAM\xfe"), made_up.picture_file(name, made_up.rate("25"), 50))
    only = replace(
        delivery, clips=(odd,), sync_map=made_up.sync_map(made_up.placement(odd, 1.0, reason=name)), name=name
    )
    for suffix, dialect in registry.DIALECTS.items():
        dialect.write(tmp_path / f"day{suffix}", only)
    assert list(json.loads((tmp_path / "day.json").read_bytes())["clips"]) == [name]


def test_the_table_cannot_smuggle_a_formula_into_a_spreadsheet(delivery, made_up):
    evil = made_up.clip(
        "=1+1", made_up.picture_file("/a.mov", made_up.rate("25"), 50), given='=HYPERLINK("x")'
    )
    placed = made_up.placement(evil, 1.0, reason="@SUM(A1)")
    text = csv_file.render(replace(delivery, clips=(evil,), sync_map=made_up.sync_map(placed)))
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["clip"][0], row["camera"][0], row["reason"][0]) == ("'", "'", "'")


def test_errors_against_the_truth_take_out_what_is_common_to_the_group(delivery):
    errors = start_errors(delivery)
    a1, a2, b1 = delivery.clips[:3]
    # differences to the truth: 36035.964 + (0, 0.001, -0.002); their median is the first
    assert errors == pytest.approx({a1.key: 0.0, a2.key: 0.001, b1.key: -0.002}, abs=1e-9)
    assert [row.error is None for row in table_rows(delivery)] == [False] * 3 + [True] * 4


def test_the_timeline_has_what_the_nles_look_for(delivery):
    built = otio.schema.Timeline.from_json_string(otio_file.render(delivery))
    video = [track.name for track in built.video_tracks()]
    assert video == ["CAM_A", "CAM_B", "GOPRO", "PHONE", "Unsynced CAM_B"]
    assert [track.name for track in built.audio_tracks()] == [
        "CAM_A",
        "GOPRO",
        "PHONE",
        "MIX",
        "Unsynced CAM_B",
    ]
    assert (
        otio.opentime.to_timecode(built.global_start_time, built.global_start_time.rate, True)
        == "10:00:00;00"
    )
    assert "MetadataVersion" in built.metadata["PremierePro_OTIO"]
    assert "Resolve OTIO Meta Version" in built.metadata["Resolve_OTIO"]
    assert not [clip for clip in built.find_clips() if clip.effects]


def test_a_picture_and_its_own_sound_are_linked_and_nothing_else_is(delivery):
    built = otio.schema.Timeline.from_json_string(otio_file.render(delivery))
    by_link = {}
    for clip in built.find_clips():
        assert clip.metadata["PremierePro_OTIO"]["LinkID"] == str(
            clip.metadata["Resolve_OTIO"]["Link Group ID"]
        )
        by_link.setdefault(clip.metadata["Resolve_OTIO"]["Link Group ID"], []).append(clip)
    for linked in by_link.values():
        places = {(c.media_reference.target_url, c.range_in_parent().start_time.value) for c in linked}
        assert len(places) == 1
        assert len({c.parent().kind for c in linked}) == len(linked)


def test_doubtful_clips_carry_a_marker_with_the_reason_where_resolve_reads_it(delivery):
    built = otio.schema.Timeline.from_json_string(otio_file.render(delivery))
    marked = {(c.name, m.name): m for c in built.find_clips() for m in c.markers}
    assert {name: marker.color for name, marker in marked.items()} == {
        ("A002.mov", "locked"): "GREEN",
        ("=B001 <é>.mov", "review"): "ORANGE",
        ("B002.mov", "unsynced"): "RED",
        ("IMG_1.mov", "clock step"): "YELLOW",
    }
    note = marked["=B001 <é>.mov", "review"].metadata["Resolve_OTIO"]["Note"]
    assert "two equally good places" in note
    review = next(c for c in built.find_clips() if c.name == "=B001 <é>.mov")
    assert review.markers[0].marked_range.start_time == review.source_range.start_time
