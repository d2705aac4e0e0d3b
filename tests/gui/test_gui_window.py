import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QToolButton, QWidget

from rushlock.base.errors import RushlockError
from rushlock.base.paths import config_folder
from rushlock.base.progress import Progress
from rushlock.base.settings import Settings
from rushlock.export.policy import Scratch
from rushlock.export.registry import DIALECTS
from rushlock.gui import asking, recovery
from rushlock.gui.asking import Button
from rushlock.gui.export_dialog import ExportDialog
from rushlock.gui.main_window import MainWindow
from rushlock.gui.settings_store import load_settings, settings_file
from rushlock.gui.standing import Standing
from rushlock.placements.sync_map import Status
from rushlock.project.document import Project


@pytest.fixture
def saving_to(monkeypatch):
    """Answer the question where to save."""
    return lambda path, kind="": monkeypatch.setattr(asking, "ask_save", lambda *_: (path, kind))


@pytest.fixture
def export(idle):
    """Choose dialects in the export dialog, let it export, and close what says so."""

    def run(window, *keys):
        window.actions_.export.trigger()
        (dialog,) = [each for each in window.findChildren(ExportDialog) if each.isVisible()]
        dialog.choose(*keys)
        dialog.accept()
        idle(window)
        (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
        said = f"{box.text()}\n{box.informativeText()}"
        box.close()
        return said

    return run


@pytest.fixture
def choosing(monkeypatch):
    """Answer every question with a button and keep what was asked."""

    def answer(button):
        asked = []
        monkeypatch.setattr(asking, "ask_choice", lambda _, text, *rest: asked.append(text) or button)
        return asked

    return answer


def test_folders_dropped_on_the_window_are_listed_then_synced(
    window, drop, idle, make_shoot, stages_of, tmp_path
):
    shoot = make_shoot()
    window.flows.look_stage, window.flows.sync_stage = stages_of(shoot)
    assert drop(window, tmp_path)
    idle(window)
    assert window.document.shoot.counts == {Standing.WAITING: len(shoot.clips)}
    assert window.timeline.lanes.empty
    assert not window.actions_.export.isEnabled()
    window.actions_.sync.trigger()
    idle(window)
    shown = window.document.shoot
    assert sum(shown.counts.values()) == len(shoot.clips)
    assert shown.counts[Standing.REVIEW] == len(shoot.of(Status.REVIEW))
    assert shown.by_key[window.selection.current].standing is Standing.REVIEW
    assert window.banner.isVisible()
    assert "1 h 00 m 00 s 12 f ahead" in window.banner._text.text()
    assert window.tabs.tabText(window.tabs.indexOf(window.problems)) == "Problems (1)"
    assert window.actions_.export.isEnabled()


def test_a_folder_dropped_twice_is_added_once(window, drop, idle, make_shoot, stages_of, tmp_path):
    window.flows.look_stage, window.flows.sync_stage = stages_of(make_shoot())
    for _ in range(2):
        drop(window, tmp_path)
        idle(window)
    assert [source.path for source in window.document.sources] == [tmp_path]


def test_escape_cancels_a_sync_and_nothing_is_lost(
    window, drop, idle, qtbot, make_shoot, stages_of, tmp_path
):
    look, _ = stages_of(make_shoot())

    def endless(request, token):
        while True:
            token.check()
            time.sleep(0.001)
            yield Progress("Listening", 1, 10, "A001.mov")

    window.flows.look_stage, window.flows.sync_stage = look, endless
    drop(window, tmp_path)
    idle(window)
    before = window.document.contents
    with qtbot.waitSignal(window.jobs.progressed):
        window.actions_.sync.trigger()
    assert window.foot.strip.isVisible()
    assert not drop(window, tmp_path / "more"), "nothing is added under a running job"
    begun = time.monotonic()
    with qtbot.waitSignal(window.jobs.ended, timeout=5000):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert time.monotonic() - begun < 1
    assert window.document.contents == before
    assert not window.foot.strip.isVisible()


@pytest.mark.parametrize(
    ("error", "words"),
    [(RushlockError("the disk is full"), "the disk is full"), (KeyError("oops"), "fault in Rushlock")],
)
def test_a_failure_is_said_in_one_sentence(window, drop, idle, make_shoot, stages_of, tmp_path, error, words):
    def broken(request, token):
        yield Progress("Listening", 0, 1)
        raise error

    window.flows.look_stage, _ = stages_of(make_shoot())
    window.flows.sync_stage = broken
    drop(window, tmp_path)
    idle(window)
    window.actions_.sync.trigger()
    idle(window)
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert words in box.text()
    assert bool(box.detailedText()) == isinstance(error, KeyError)
    assert window.document.shoot.rows
    box.close()


def test_a_project_saved_and_opened_again_is_the_same(
    synced_window, idle, saving_to, qtbot, tmp_path, choosing
):
    window, _ = synced_window
    saving_to(tmp_path / "day one")
    choosing(Button.Ignore)
    key = window.document.shoot.rows[0].key
    window.selection.choose([key])
    window.actions_.lock.trigger()
    shelter = window.document.path
    assert window.flows.save_as()
    assert not shelter.exists()
    saved = window.document.contents
    assert window.windowTitle().startswith("day one")
    other = MainWindow()
    qtbot.addWidget(other)
    other.flows.open_project(tmp_path / "day one.rushlock")
    idle(other)
    assert other.document.contents == saved
    assert other.document.shoot.by_key[key].standing is Standing.LOCKED
    assert other.state.recent == [tmp_path / "day one.rushlock"]
    other.document.close()


def test_a_project_that_may_only_be_read_is_not_synced_for_nothing(synced_window, monkeypatch):
    window, _ = synced_window
    monkeypatch.setattr(type(window.document), "read_only", True)  # permissions do not stop root
    window.flows.sync()
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert "may only be read" in box.text()
    assert not window.jobs.busy
    box.close()


def test_what_is_no_project_is_refused_with_a_sentence(window, idle, tmp_path):
    broken = tmp_path / "notes.rushlock"
    broken.write_text("not a project")
    window.flows.take([broken])
    idle(window)
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert "notes.rushlock" in box.text()
    assert not window.document.begun
    box.close()


@pytest.mark.parametrize("key", ["otio", "fcpxml", "xml", "html"])
def test_export_writes_the_file_asked_for_and_says_how_to_go_on(
    synced_window, export, saving_to, tmp_path, key
):
    window, shoot = synced_window
    target = tmp_path / f"day.{key}"
    saving_to(target)
    said = export(window, key)
    assert shoot.clips[0].name in target.read_text(encoding="utf-8")
    assert str(target) in said
    assert all(step in said for step in DIALECTS[f".{key}"].steps)


def test_export_without_a_suffix_takes_that_of_the_dialect(synced_window, export, saving_to, tmp_path):
    window, _ = synced_window
    saving_to(tmp_path / "day")
    export(window, "multicam.otio")
    assert (tmp_path / "day.multicam.otio").is_file()


def test_several_dialects_go_into_one_folder(synced_window, export, monkeypatch, tmp_path):
    window, _ = synced_window
    monkeypatch.setattr(asking, "ask_folder", lambda *_: tmp_path)
    export(window, "otio", "csv")
    assert {path.suffix for path in tmp_path.iterdir()} >= {".otio", ".csv"}


def test_the_export_dialog_shows_what_is_lost_and_nothing_can_be_exported_to_nothing(synced_window, qtbot):
    window, _ = synced_window
    window.actions_.export.trigger()
    (dialog,) = [each for each in window.findChildren(ExportDialog) if each.isVisible()]
    dialog.choose("otio")
    dialog.editors["scratch"].setCurrentText("dropped")
    assert dialog.policy.scratch is Scratch.DROPPED
    expected = DIALECTS[".otio"].losses(replace(window.document.delivery(), policy=dialog.policy))
    words = "\n".join(f"OpenTimelineIO: {sentence}" for sentence in expected)
    qtbot.waitUntil(lambda: dialog.losses_text == (words or dialog.nothing_lost))
    dialog.choose()
    assert not dialog.can_export
    dialog.reject()


def test_decisions_are_kept_at_once_and_can_be_undone_and_done_again(synced_window):
    window, shoot = synced_window
    key = shoot.of(Status.SYNCED)[0]
    before = window.document.shoot.by_key[key]

    def standing():
        return window.document.shoot.by_key[key].standing

    window.selection.choose([key])
    for action, after in (
        (window.actions_.lock, Standing.LOCKED),
        (window.actions_.reject, Standing.UNSYNCED),
        (window.actions_.exclude, Standing.EXCLUDED),
        (window.actions_.release, Standing.SYNCED),
    ):
        action.trigger()
        assert standing() is after
        with Project.open(window.document.path) as second:
            assert (key in second.decisions()) == (after is not Standing.SYNCED)
    for after in (Standing.EXCLUDED, Standing.UNSYNCED, Standing.LOCKED, Standing.SYNCED):
        window.document.undo.undo()
        assert standing() is after
    assert window.document.shoot.by_key[key] == before
    window.document.undo.redo()
    assert standing() is Standing.LOCKED
    assert window.document.undo.undoText() == f"Lock {before.clip.name}"


def test_a_decision_survives_the_next_sync(synced_window, idle):
    window, shoot = synced_window
    key = shoot.of(Status.REVIEW)[0]
    window.selection.choose([key])
    window.actions_.exclude.trigger()
    window.actions_.sync.trigger()
    idle(window)
    assert window.document.shoot.by_key[key].standing is Standing.EXCLUDED


def test_closing_while_something_runs_asks_and_stops_it(
    window, drop, idle, qtbot, choosing, make_shoot, stages_of, tmp_path
):
    def endless(request, token):
        while True:
            token.check()
            time.sleep(0.001)
            yield Progress("Listening", 1, 10)

    window.flows.look_stage, _ = stages_of(make_shoot())
    window.flows.sync_stage = endless
    drop(window, tmp_path)
    idle(window)
    window.actions_.sync.trigger()
    choosing(Button.Cancel)
    assert not window.close()
    assert window.jobs.busy
    asked = choosing(Button.Close)
    window.close()
    qtbot.waitUntil(lambda: len(asked) == 2 or not window.isVisible(), timeout=5000)
    assert not window.jobs.busy
    assert asked[0] == "Stop and close?"


def test_an_unnamed_project_is_not_thrown_away_unasked(synced_window, choosing, saving_to, tmp_path):
    window, _ = synced_window
    choosing(Button.Cancel)
    assert not window.close()
    choosing(Button.Save)
    saving_to(tmp_path / "kept.rushlock")
    assert window.close()
    assert (tmp_path / "kept.rushlock").is_file()
    assert recovery.left_behind() == []


def test_an_unnamed_project_left_by_a_crash_is_offered_again(
    synced_window, window, idle, qtbot, choosing, tmp_path
):
    _, shoot = synced_window
    crashed = tmp_path / "crashed.rushlock"
    with Project.open(window.document.path) as held:
        held.save_copy(crashed)
    assert recovery.left_behind() == [], "the one that is open is nobody's leftover"
    left = window.document.path.with_name("unsaved-20200101-000000-1-1.rushlock")
    crashed.rename(left)
    asked = choosing(Button.Yes)
    other = MainWindow()
    qtbot.addWidget(other)
    other.flows.offer_recovery()
    idle(other)
    assert "Recover" in asked[0]
    assert len(other.document.shoot.rows) == len(shoot.clips)
    assert other.document.unnamed
    other.document.close()
    assert not left.exists()


def test_media_that_moved_are_found_again_by_their_content(
    window, idle, monkeypatch, choosing, write_wav, tmp_path
):
    card = tmp_path / "card"
    for name in ("one", "two"):
        write_wav(card / f"{name}.wav", seed=name)
    window.flows.take([card])
    idle(window)
    assert len(window.document.shoot.rows) == 2
    card.rename(tmp_path / "elsewhere")
    choosing(Button.Open)
    monkeypatch.setattr(asking, "ask_folder", lambda *_: tmp_path / "elsewhere")
    window.actions_.relink.setEnabled(True)
    window.flows.relink()
    idle(window)
    assert {row.clip.path.parent.name for row in window.document.shoot.rows} == {"elsewhere"}


def test_preferences_are_kept_and_damage_to_them_costs_nothing(window, qtbot):
    from rushlock.gui.preferences import PreferencesDialog

    dialog = PreferencesDialog(Settings(), window)
    qtbot.addWidget(dialog)
    dialog.editors["timeline_rate"].show("29.97DF")
    dialog.editors["accept"].show(0.99)
    dialog.accept()
    window.flows._prefer(dialog)
    assert load_settings() == Settings(timeline_rate="29.97DF", accept=0.99) == window.document.settings
    assert (str(window.document.shoot.rate), window.document.shoot.drop) == ("29.97", True)
    settings_file().write_text('{"accept": 7, "review": 0.2, "unknown": 1}')
    assert load_settings() == Settings(review=0.2)
    settings_file().write_text("{")
    assert load_settings() == Settings()


def test_preferences_refuse_a_rate_that_is_none(window, qtbot):
    from rushlock.gui.preferences import PreferencesDialog

    dialog = PreferencesDialog(Settings(), window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.editors["timeline_rate"].show("fast")
    dialog.accept()
    assert dialog.isVisible()
    assert "fast" in dialog._complaint.text()


def test_every_option_has_an_editor_that_shows_its_default(window):
    from dataclasses import fields

    from rushlock.gui.preferences import PreferencesDialog

    dialog = PreferencesDialog(Settings(), window)
    assert set(dialog.editors) == {spec.name for spec in fields(Settings)}
    assert dialog._edited() == Settings()


def test_everything_can_be_reached_by_keyboard(synced_window, qtbot):
    window, _ = synced_window
    without = [action.text() for action in window.actions_.all if not action.shortcuts()]
    assert without == ["&Report a problem…", "&About Rushlock"], "reached by the menu"
    keys = [keys.toString() for action in window.actions_.all for keys in action.shortcuts()]
    assert len(keys) == len(set(keys))
    wanted = {
        window.bin.search,
        window.bin.tree,
        window.timeline,
        window.tabs.tabBar(),
        window.details._table,
    }
    window.activateWindow()
    window.bin.search.setFocus()
    reached, at = set(), window.bin.search
    for _ in range(2000):
        reached.add(at)
        at = at.nextInFocusChain()
        if at is window.bin.search:
            break
    takes_tab = {w for w in reached if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isEnabled()}
    assert wanted <= takes_tab
    buttons = {
        b for b in window.findChildren(QToolButton) if b.isVisibleTo(window) and b.isEnabled() and b.text()
    }
    own = {button for button in buttons if button.objectName() != "qt_toolbar_ext_button"}
    assert own <= takes_tab


def test_every_view_has_a_name_for_screen_readers(synced_window):
    window, _ = synced_window
    views = [window.bin.tree, window.bin.search, window.timeline, window.problems, window.details._table]
    assert all(isinstance(view, QWidget) and view.accessibleName() for view in views)
    window.selection.choose([window.document.shoot.rows[0].key])
    assert window.document.shoot.rows[0].clip.name in window.timeline.accessibleDescription()


def test_the_window_remembers_its_layout_in_the_config_folder(synced_window, choosing, qtbot):
    window, _ = synced_window
    window.panels["details"].toggleViewAction().trigger()
    choosing(Button.Discard)
    assert window.close()
    other = MainWindow()
    qtbot.addWidget(other)
    other.show()
    other.document.begin()
    assert other.timeline.isVisible()
    assert not other.details.isVisible()
    assert {path.name for path in config_folder().iterdir()} == {"window.ini", "unsaved"}


@pytest.mark.latency
def test_a_window_painted_for_the_first_time_under_a_running_stage_answers_within_50_ms(
    window, drop, idle, longest_gap, make_shoot, stages_of, tmp_path
):
    """The first paint is the hard one: see ``SWITCH_INTERVAL_S``. It must not be waited for here."""
    look, _ = stages_of(make_shoot())

    def light(request, token):
        begun = time.monotonic()
        while time.monotonic() - begun < 1:
            token.check()
            yield Progress("Listening", time.monotonic() - begun, 1, "A001.mov", "s")
        raise RushlockError("that was all")

    window.flows.look_stage, window.flows.sync_stage = look, light
    drop(window, tmp_path)
    idle(window)
    window.actions_.sync.trigger()
    assert longest_gap(0.9) < 0.05
    idle(window)
    for box in window.findChildren(QMessageBox):
        box.close()


def test_two_real_recordings_are_dropped_synced_saved_and_exported(
    window, drop, idle, saving_to, export, write_wav, tmp_path
):
    """The whole way on real files: 12 s of the same noise bursts, the second recorder started 3.2 s later."""
    write_wav(tmp_path / "CAM_A" / "a.wav", begin=0.0, seconds=12)
    write_wav(tmp_path / "CAM_B" / "b.wav", begin=3.2, seconds=8)
    drop(window, tmp_path / "CAM_A", tmp_path / "CAM_B")
    idle(window)
    window.actions_.sync.trigger()
    idle(window)
    starts = {row.clip.camera: row.start for row in window.document.shoot.rows}
    assert starts["CAM_B"] - starts["CAM_A"] == pytest.approx(3.2, abs=0.001)
    saving_to(tmp_path / "out.otio")
    export(window, "otio")
    assert "b.wav" in Path(tmp_path / "out.otio").read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [(880, 560), (1440, 900)])
def test_every_panel_keeps_within_a_small_window_whatever_is_considered(synced_window, qtbot, size):
    window, _ = synced_window
    window.selection.choose([next(row.key for row in window.document.shoot.rows if row.start is not None)])
    window.resize(*size)
    for panel in ("viewer", "compare", "details"):
        window.panels.bring(panel)
        before = window.panels[panel].width()
        window.considered.nudge(1.23456)
        qtbot.waitUntil(lambda panel=panel: window.panels[panel].isVisible())
        QApplication.processEvents()
        assert window.panels[panel].width() == before, "a longer word moves no panel"
        docks = [window.panels[panel], window.panels["timeline"], window.desk]
        for one, part in enumerate(docks):
            inside = QRect(part.mapTo(window, QPoint()), part.size())
            assert window.rect().contains(inside), panel
            for other in docks[one + 1 :]:
                assert not inside.intersects(QRect(other.mapTo(window, QPoint()), other.size())), panel


def test_the_box_after_an_export_fits_a_laptop_whatever_was_written(window, tmp_path):
    from rushlock.gui.dialogs import exported_box

    every = list(DIALECTS.values())
    box = exported_box([tmp_path / f"shoot {n}.edl" for n in range(60)], every, window)
    assert box.sizeHint().height() < 700
    assert every[0].steps[0] in box.detailedText()
    box.deleteLater()


def test_a_panel_behind_another_is_hidden_and_tab_does_not_lead_there(synced_window, qtbot):
    window, _ = synced_window
    contents = {"viewer": window.viewer, "compare": window.compare, "details": window.details}
    for front in ("compare", "details", "viewer", "compare"):
        window.panels.bring(front)
        qtbot.waitUntil(lambda front=front: contents[front].isVisible())
        assert [name for name, content in contents.items() if content.isVisible()] == [front]
        assert not contents[front].visibleRegion().isEmpty()


def test_at_the_first_start_viewer_and_timeline_have_room(
    window, idle, tmp_path, make_shoot, stages_of, qtbot
):
    window.flows.look_stage, window.flows.sync_stage = stages_of(make_shoot(4, 3))
    window.flows.take([tmp_path])
    idle(window)
    qtbot.waitUntil(lambda: window.panels["viewer"].width() > 500)
    assert window.panels["timeline"].height() > 250
    assert window.tabs.width() > 500
