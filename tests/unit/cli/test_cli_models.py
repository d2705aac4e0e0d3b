"""``rushlock models`` says what there is, takes files, finds damage, and answers in sentences and in JSON."""

import json
import os
from pathlib import Path

import pytest

from rushlock.cli.main import main
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


@pytest.fixture
def file(tmp_path):
    from rushlock.nets.synchformer.network import Synchformer

    path = tmp_path / "mine.safetensors"
    write_checkpoint(path, Synchformer(SMALL).state_dict(), {"config": SMALL.to_json()})
    return path


@pytest.fixture
def models(capsys):
    """Run the command; returns its code, output and complaints."""

    def run(*words):
        code = main(["models", *map(str, words)])
        return code, *capsys.readouterr()

    return run


def test_the_list_tells_what_each_model_adds_and_that_none_is_there(models):
    code, out, _ = models("list", "-v")
    assert code == 0
    for entry in registry():
        if not entry.shipped:
            assert entry.name in out
            assert entry.adds.split()[-1] in out
    assert "sha256:8aff082f2df5c3bc52759db0c865c7ee772ae6400b860d1b7e90413f2defb67c" in out
    assert "md5:54037d2…" in out
    assert os.environ["RUSHLOCK_MODELS"] in out


def test_the_list_as_json_holds_all_that_is_known(models):
    code, out, _ = models("list", "--json")
    lines = {line["name"]: line for line in json.loads(out)}
    flat = lines["synchformer-audioset"]
    assert code == 0
    assert (flat["state"], flat["sha256"], flat["path"]) == ("not installed", None, None)
    assert (flat["bias_seconds"], flat["published_size"]) == (0.064, 950058171)


def test_a_file_is_imported_listed_verified_and_removed(models, file):
    code, out, _ = models("import", file, "--like", "synchformer-vggsound")
    assert code == 0
    assert out == "installed mine (synchformer, offsets): no published checksum fits: a file of your own\n"
    (line,) = [line for line in json.loads(models("list", "--json")[1]) if line["name"] == "mine"]
    assert (line["state"], line["bias_seconds"], line["trained_on"]) == ("installed", 0.064, "VGGSound")
    code, out, _ = models("verify")
    assert (code, "ok    mine: unchanged and complete" in out) == (0, True)
    code, out, _ = models("remove", "mine")
    assert (code, out.startswith("removed mine")) == (0, True)
    assert stored("mine") is None


def test_damage_is_an_exit_code_and_a_line(models, file):
    models("import", file, "-q")
    path = stored("mine").path
    path.write_bytes(path.read_bytes()[:-1])
    code, out, _ = models("verify")
    assert (code, "FAIL  mine" in out) == (8, True)
    assert json.loads(models("verify", "mine", "--json")[1])[0]["good"] is False


def test_what_is_installed_is_not_fetched_again(models, file, monkeypatch):
    models("import", file)
    entry = stored("mine").entry
    monkeypatch.setattr("rushlock.nets.registry.registry", lambda: (entry,))
    code, out, err = models("install", "mine")
    assert (code, out.startswith("installed mine"), err) == (0, True, "")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("install", "synchfromer"), 2, "there is no model called synchfromer"),
        (("import", "nothing.pt"), 2, "there is no file nothing.pt"),
        (("import", "text.pt"), 8, "text.pt holds no weights"),
        (("import", "text.pt", "--like", "x"), 2, "there is no model called x"),
        (("verify", "synchformer-lrs3"), 8, "synchformer-lrs3 is not installed"),
        (("remove", "../text.pt"), 8, "../text.pt is not installed"),
        ((), 2, "ACTION"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(models, words, code, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("text.pt").write_text("no weights")
    found, out, err = models(*words)
    assert (found, out) == (code, "")
    assert sentence in err
    assert "Traceback" not in err
