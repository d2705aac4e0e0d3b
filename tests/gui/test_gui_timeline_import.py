"""A timeline of an NLE brought into the window."""

from fractions import Fraction

import pytest
from PySide6.QtWidgets import QMessageBox

from rushlock.base.clock import Clock
from rushlock.base.rate import FrameRate
from rushlock.export.delivery import Delivery
from rushlock.export.registry import DIALECTS
from rushlock.gui import asking
from rushlock.gui.asking import Button
from rushlock.gui.shoot import Standing
from rushlock.media.clip import Clip
from rushlock.media.probe import probe
from rushlock.placements.sync_map import Placement, Status, SyncMap

LAG = 1.5


@pytest.fixture
def card(write_wav, tmp_path):
    """Two recorders that heard the same, in one folder: only the timeline tells them apart."""
    write_wav(tmp_path / "card" / "one.wav", 0.0, 8.0)
    write_wav(tmp_path / "card" / "two.wav", LAG, 8.0)
    return tmp_path / "card"


@pytest.fixture
def timeline(card, tmp_path):
    """Write a timeline of the two, each on a track of its own."""

    def write(suffix):
        clips = tuple(Clip(name, f"TRACK {name}", (probe(card / f"{name}.wav"),)) for name in ("one", "two"))
        places = [
            Placement(clip.key, 0, Clock.line(float(10 * number), 1.0), Status.SYNCED, 0.9, "cut by hand")
            for number, clip in enumerate(clips)
        ]
        delivery = Delivery(clips, (), SyncMap(tuple(places), 1, (True,)), "cut", FrameRate(Fraction(25)))
        return DIALECTS[suffix].write(tmp_path / f"cut{suffix}", delivery)

    return write


def cameras(window):
    return {row.clip.path.name: row.clip.camera for row in window.document.shoot.rows}


def boxes(window):
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


TRACKS = {"one.wav": "TRACK one", "two.wav": "TRACK two"}


@pytest.mark.parametrize("suffix", [".otio", ".xml", ".fcpxml"])
def test_a_dropped_timelines_media_are_listed_with_its_tracks_as_cameras(
    window, drop, idle, timeline, suffix
):
    assert drop(window, timeline(suffix))
    idle(window)
    assert cameras(window) == TRACKS
    assert window.document.shoot.counts == {Standing.WAITING: 2}  # where the cut laid them says nothing


def test_an_imported_timeline_is_synced_by_its_sound(window, idle, timeline, monkeypatch):
    path = timeline(".xml")
    monkeypatch.setattr(asking, "ask_open", lambda *_: path)
    assert window.actions_.import_timeline.shortcut().toString() == "Ctrl+T"
    window.actions_.import_timeline.trigger()
    assert not window.actions_.import_timeline.isEnabled()  # one job at a time
    idle(window)
    window.actions_.sync.trigger()
    idle(window)
    starts = {row.clip.camera: row.start for row in window.document.shoot.rows}
    assert starts["TRACK two"] - starts["TRACK one"] == pytest.approx(LAG, abs=0.02)


def test_media_that_moved_are_found_in_the_folder_that_the_user_shows(
    window, drop, idle, card, timeline, monkeypatch, tmp_path
):
    path, asked = timeline(".fcpxml"), []
    card.rename(tmp_path / "moved")
    monkeypatch.setattr(asking, "ask_choice", lambda _, text, *rest: asked.append(text) or Button.Open)
    monkeypatch.setattr(asking, "ask_folder", lambda *_: tmp_path / "moved")
    assert drop(window, path)
    idle(window)
    assert asked == ["2 media of cut.fcpxml are not where it says."]
    assert cameras(window) == TRACKS


def test_folders_dropped_beside_a_timeline_are_where_its_media_are_looked_for(
    window, drop, idle, card, timeline, tmp_path
):
    path = timeline(".otio")
    card.rename(tmp_path / "moved")
    assert drop(window, path, tmp_path / "moved")
    idle(window)
    assert cameras(window) == TRACKS


def test_what_is_not_found_is_named_and_the_rest_is_added(window, drop, idle, card, timeline, monkeypatch):
    path = timeline(".xml")
    (card / "two.wav").unlink()
    monkeypatch.setattr(asking, "ask_choice", lambda *_: Button.Ignore)
    assert drop(window, path)
    idle(window)
    assert cameras(window) == {"one.wav": "TRACK one"}
    (box,) = boxes(window)
    assert box.text() == "1 media of cut.xml were not found; the others are added."
    assert box.detailedText() == f"{card / 'two.wav'}: no file of its name"
    box.close()


@pytest.mark.parametrize(
    ("name", "content"), [("cut.xml", "<svg/>"), ("cut.fcpxml", "<fcpxml"), ("cut.otio", "{}")]
)
def test_a_broken_timeline_is_one_sentence_and_changes_nothing(window, drop, idle, tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert drop(window, tmp_path / name)
    idle(window)
    (box,) = boxes(window)
    assert name in box.text()
    assert "\n" not in box.text()
    assert not window.document.begun
    box.close()


def test_a_cards_notes_in_xml_among_its_clips_are_no_timeline(window, drop, idle, card):
    (card / "oneM01.XML").write_text("<NonRealTimeMeta/>", encoding="utf-8")
    assert drop(window, *sorted(card.iterdir()))
    idle(window)
    assert set(cameras(window)) == {"one.wav", "two.wav"}
    assert not boxes(window)
