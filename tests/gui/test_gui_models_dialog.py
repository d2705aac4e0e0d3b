"""The window's list of models does what the command line does, off the main thread, and can be stopped."""

import hashlib
import json
import os
import threading
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from rushlock.gui import asking
from rushlock.nets import registry as registry_module
from rushlock.nets import store as store_module
from rushlock.nets.checkpoint import write_checkpoint
from rushlock.nets.registry import registry
from rushlock.nets.store import stored
from rushlock.nets.synchformer.config import SynchformerConfig

torch = pytest.importorskip("torch")

SMALL = SynchformerConfig(
    dims=8,
    picture_depth=1,
    sound_depth=1,
    judge_depth=1,
    heads=2,
    judge_heads=2,
    picture=16,
    shorter_side=16,
    window=4,
    offset_classes=5,
)


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder; sends nothing of a file before ``gate`` opens."""

    gate = threading.Event()

    def copyfile(self, source, outputfile):
        self.gate.wait(20)
        super().copyfile(source, outputfile)

    def log_message(self, *_):
        pass


@pytest.fixture
def weights_file(tmp_path):
    from rushlock.nets.synchformer.network import Synchformer

    path = tmp_path / "served" / "net.safetensors"
    write_checkpoint(path, Synchformer(SMALL).state_dict(), {"config": SMALL.to_json()})
    return path


@pytest.fixture
def published(weights_file, tmp_path, monkeypatch):
    """Publish one model on a server of our own; its name is "known"."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    Handler.gate.set()
    server = HTTPServer(("127.0.0.1", 0), partial(Handler, directory=weights_file.parent))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    facts = {
        "name": "known",
        "family": "synchformer",
        "kind": "offsets",
        "file": "net.safetensors",
        "url": f"http://127.0.0.1:{server.server_port}/net.safetensors",
        "digests": [f"sha256:{hashlib.sha256(weights_file.read_bytes()).hexdigest()}"],
        "licence": "Free.",
        "trained_on": "rushes",
        "adds": "Looks too.",
    }
    lines = "\n".join(f"{key} = {json.dumps(value)}" for key, value in facts.items())
    (tmp_path / "registry.toml").write_text(f"[[model]]\n{lines}\n")
    for module in (registry_module, store_module):
        monkeypatch.setattr(module, "shipped", lambda _: tmp_path)
    registry.cache_clear()
    yield facts
    Handler.gate.set()
    server.shutdown()
    server.server_close()
    thread.join()
    registry.cache_clear()


@pytest.fixture
def dialog(window, published, qtbot):
    window.actions_.models.trigger()
    shown = window.flows._models
    qtbot.waitUntil(lambda: not shown.jobs.busy and shown.view.line is not None)
    yield shown
    shown.jobs.cancel()
    shown.jobs.wait()


def rest(dialog, qtbot):
    """Wait until what was asked for is done and the list is read anew."""
    qtbot.waitUntil(lambda: not dialog.jobs.busy, timeout=20_000)


def cell(dialog, column):
    return dialog.view.models.index(0, column).data()


def texts(dialog):
    return [value.text() for value in dialog.details._values]


def test_a_model_is_listed_with_what_it_adds_and_what_is_published_of_it(dialog, published):
    assert [cell(dialog, column) for column in (0, 1, 2, 4)] == [
        "known",
        "Not installed",
        "offsets",
        "rushes",
    ]
    assert dialog.details._adds.text() == "Looks too."
    assert texts(dialog)[:2] == ["Free.", published["url"]]
    assert "published in full" in texts(dialog)[2]
    buttons = (dialog.install, dialog.verify, dialog.remove, dialog.import_)
    assert [button.isEnabled() for button in buttons] == [True, False, False, True]


def test_install_verify_and_remove_end_to_end(dialog, qtbot, monkeypatch):
    dialog.install.click()
    assert dialog.strip.isVisible()
    assert not dialog.import_.isEnabled()
    rest(dialog, qtbot)
    assert cell(dialog, 1) == "Installed"
    assert "the published file by its sha256" in dialog.said.text()
    assert not dialog.strip.isVisible()
    assert not dialog.install.isEnabled()
    dialog.verify.click()
    rest(dialog, qtbot)
    assert "unchanged and complete" in dialog.said.text()
    dialog.remove.click()  # the fixture's answer is no
    assert stored("known") is not None
    monkeypatch.setattr(asking, "ask_choice", lambda *_: asking.Button.Yes)
    dialog.remove.click()
    rest(dialog, qtbot)
    assert (stored("known"), cell(dialog, 1)) == (None, "Not installed")


def test_cancel_stops_a_silent_download_at_once_and_the_list_is_usable_again(dialog, qtbot):
    Handler.gate.clear()
    with qtbot.waitSignal(dialog.jobs.progressed):
        dialog.install.click()
    dialog.strip.cancel_asked.emit()
    rest(dialog, qtbot)  # while the server still holds the connection
    assert not Handler.gate.is_set()
    assert stored("known") is None
    Handler.gate.set()
    dialog.install.click()
    rest(dialog, qtbot)
    assert cell(dialog, 1) == "Installed"


def test_what_was_fetched_before_is_offered_to_be_resumed(dialog, qtbot):
    Path(os.environ["RUSHLOCK_MODELS"]).mkdir(parents=True)
    (Path(os.environ["RUSHLOCK_MODELS"]) / "known.part").write_bytes(bytes(3000))
    dialog.refresh()
    rest(dialog, qtbot)
    assert (cell(dialog, 1), dialog.install.text()) == ("Partly fetched", "&Resume")
    assert texts(dialog)[3].startswith("3 kB fetched")
    assert dialog.remove.isEnabled()


def test_a_file_is_imported_and_one_that_is_none_is_told_in_a_sentence(
    dialog, qtbot, monkeypatch, weights_file, tmp_path
):
    monkeypatch.setattr(asking, "ask_open", lambda *_: weights_file)
    dialog.import_.click()
    rest(dialog, qtbot)
    assert cell(dialog, 1) == "Installed"
    (tmp_path / "holiday.pt").write_bytes(b"no weights")
    monkeypatch.setattr(asking, "ask_open", lambda *_: tmp_path / "holiday.pt")
    dialog.import_.click()
    rest(dialog, qtbot)
    (box,) = dialog.findChildren(QMessageBox)
    assert "holiday.pt" in box.text()
    assert box.icon() is QMessageBox.Icon.Warning
    box.close()


def test_a_damaged_model_is_told_and_can_be_installed_again(dialog, qtbot):
    dialog.install.click()
    rest(dialog, qtbot)
    path = stored("known").path
    path.write_bytes(path.read_bytes()[:-1])
    dialog.verify.click()
    rest(dialog, qtbot)
    (box,) = dialog.findChildren(QMessageBox)
    assert "remove it and install it again" in box.text()
    box.close()
    assert (cell(dialog, 1), dialog.install.text()) == ("Damaged", "&Install again")
    dialog.install.click()
    rest(dialog, qtbot)
    assert cell(dialog, 1) == "Installed"


def test_closing_the_window_stops_a_download_and_then_closes(window, dialog, qtbot):
    Handler.gate.clear()
    with qtbot.waitSignal(dialog.jobs.progressed):
        dialog.install.click()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    assert not Handler.gate.is_set()
    assert not dialog.jobs.busy


def test_closing_the_list_stops_what_runs_and_opening_it_again_reads_anew(window, dialog, qtbot):
    Handler.gate.clear()
    with qtbot.waitSignal(dialog.jobs.progressed):
        dialog.install.click()
    dialog.close_.click()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=5000)
    window.actions_.models.trigger()
    assert window.flows._models is dialog
    assert dialog.isVisible()
    rest(dialog, qtbot)
