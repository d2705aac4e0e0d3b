"""Weights come into the store whole and checked, are found there under their names, and leave it again."""

import hashlib
import json
import os
import threading
from dataclasses import replace
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import numpy as np
import pytest

from rushlock.base.errors import ModelError, ModelMissingError, UsageError
from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.nets import registry as registry_module
from rushlock.nets import store as store_module
from rushlock.nets.checkpoint import read_checkpoint, write_checkpoint
from rushlock.nets.families import families, recognised
from rushlock.nets.install import import_file, install
from rushlock.nets.opening import chosen, installed, open_net
from rushlock.nets.registry import Digest, Kind, entry_named, parsed, registry
from rushlock.nets.store import State, all_stored, catalogue, remove, stored
from rushlock.nets.synchformer.config import SynchformerConfig
from rushlock.nets.verify import verify

torch = pytest.importorskip("torch")

SMALL = SynchformerConfig(
    dims=16,
    picture_depth=1,
    sound_depth=1,
    judge_depth=1,
    heads=2,
    judge_heads=2,
    picture=32,
    shorter_side=32,
    window=4,
    offset_classes=5,
)


def weights(config=SMALL, seed=1):
    from rushlock.nets.synchformer.network import Synchformer

    torch.manual_seed(seed)
    return Synchformer(config).state_dict()


@pytest.fixture
def small_file(tmp_path):
    """A reduced network's weights, as its trainer would leave them."""
    path = tmp_path / "found" / "Small net_1.safetensors"
    write_checkpoint(path, weights(), {"config": SMALL.to_json(), "trainer": "someone"})
    return path


@pytest.fixture
def publish(monkeypatch, tmp_path):
    """Let the registry hold only what is written here; returns how to write it."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    for module in (registry_module, store_module):
        monkeypatch.setattr(module, "shipped", lambda _: folder)

    def write(*models):
        keys = [(f"{key} = {json.dumps(value)}" for key, value in model.items()) for model in models]
        text = "".join("[[model]]\n" + "\n".join(lines) + "\n" for lines in keys)
        (folder / "registry.toml").write_text(text)
        registry.cache_clear()
        return folder

    yield write
    monkeypatch.undo()
    registry.cache_clear()


def published(path, name="known", **more):
    sums = [f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"]
    facts = {"name": name, "family": "synchformer", "kind": "offsets", "file": path.name, "adds": "Much."}
    return facts | {"trained_on": "rushes", "bias": 0.064, "digests": sums} | more


def taken(path, **more):
    return drain(import_file(path, CancelToken(), **more))


# The registry.


def test_every_published_checkpoint_is_named_with_all_that_a_user_must_know():
    names = {family.name for family in families()}
    for entry in registry():
        assert entry.family in names
        assert entry.licence
        assert entry.trained_on
        assert entry.adds.endswith(".")
        fetched = entry.url.startswith("https://") and entry.url.endswith(f"/{entry.file}")
        assert entry.shipped or fetched or entry.page.startswith("https://")
        assert all(digest.proves for digest in entry.digests[:-1]), "the strongest checksum stands first"
    assert entry_named("synchformer-audioset").digests[0].proves
    assert [entry.experimental for entry in registry()] == [entry.shipped for entry in registry()]


def test_the_shift_of_the_training_files_is_known_for_each_data_set():
    shifted = {entry.trained_on for entry in registry() if entry.bias == 0.064}
    assert shifted == {"AudioSet", "VGGSound"}
    assert {entry.bias for entry in registry() if entry.trained_on not in shifted} == {0.0}


def test_a_checksums_beginning_agrees_with_files_that_begin_so_and_proves_nothing():
    digest = Digest.parse("md5:54037d2")
    assert digest.agrees({"md5": "54037d2" + "0" * 25})
    assert not digest.agrees({"md5": "54037d3" + "0" * 25})
    assert (digest.whole, digest.proves) == (False, False)
    assert not Digest("md5", "0" * 32).proves


@pytest.mark.parametrize("text", ["", "md5:", "md5:xyz", "sha1:00", "md5:" + "0" * 33, "54037d2"])
def test_what_is_no_checksum_is_refused(text):
    with pytest.raises(ValueError, match="no checksum"):
        Digest.parse(text)


def test_a_registry_with_a_slip_is_refused():
    model = '[[model]]\nname = "a"\nfamily = "b"\nkind = "offsets"\n'
    assert parsed(model)[0].kind is Kind.OFFSETS
    for slip in (model + "sise = 3\n", model + model, model.replace("offsets", "offset")):
        with pytest.raises(ValueError, match=r"sise|one name|offset"):
            parsed(slip)


# Recognising.


@pytest.mark.parametrize(
    ("file", "kind"),
    [("sync", Kind.OFFSETS), ("synchability", Kind.SYNCHRONIZABILITY), ("avclip", Kind.EXTRACTORS)],
)
def test_each_published_layout_is_recognised_and_becomes_what_the_network_loads(kit, file, kind):
    from rushlock.nets.synchformer.network import Synchformer

    named = json.loads((kit.folder / f"state_dict_{file}.json").read_text())
    tensors = {name: torch.empty(shape, device="meta") for name, shape, _ in named}
    for given in (tensors, {f"module.{name}": each for name, each in tensors.items()}):
        found = recognised(given, {})
        assert (found.family, found.kind) == ("synchformer", kind)
        with torch.device("meta"):
            network = Synchformer(SynchformerConfig.from_json(found.metadata["config"]))
        network.load_state_dict(dict(found.tensors), strict=True)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda tensors: tensors.pop("vproj.bias"), "vproj.bias is missing"),
        (lambda tensors: tensors.update(extra=torch.zeros(1)), "extra is not of it"),
        (lambda tensors: tensors.update({"vproj.bias": torch.zeros(3)}), "shape 3 instead of 16"),
    ],
)
def test_weights_that_do_not_fit_to_the_last_tensor_are_refused(spoil, words):
    tensors = dict(weights())
    spoil(tensors)
    with pytest.raises(ModelError, match=words):
        recognised(tensors, {"config": SMALL.to_json()})


def test_weights_of_something_else_are_refused_by_what_they_hold():
    with pytest.raises(ModelError, match=r"no network that Rushlock has.*layer\.weight"):
        recognised({"layer.weight": torch.zeros(1)}, {})


# Importing.


def test_a_file_of_ones_own_is_kept_under_its_name_and_opens_as_what_it_is(small_file):
    here = taken(small_file)
    assert here.entry.name == "small-net-1"
    assert (here.entry.family, here.entry.kind, here.entry.bias) == ("synchformer", Kind.OFFSETS, 0.0)
    assert here.path == Path(os.environ["RUSHLOCK_MODELS"]) / "small-net-1.safetensors"
    assert here.digest == hashlib.sha256(here.path.read_bytes()).hexdigest()
    assert stored("small-net-1") == here
    assert [entry.name for entry in installed() if not entry.shipped] == ["small-net-1"]
    kept = read_checkpoint(here.path).tensors
    assert all(torch.equal(kept[name], each) for name, each in weights().items())


def test_a_torch_file_becomes_safetensors_with_the_same_numbers(tmp_path, publish):
    path = tmp_path / "net.pt"
    torch.save({"model": {f"module.{name}": each for name, each in weights().items()}}, path)
    publish(published(path))
    with pytest.raises(ModelError, match="not complete weights of Synchformer"):
        taken(path)  # a .pt cannot say its sizes: it must have the published ones
    assert not all_stored()
    assert [file.name for file in Path(os.environ["RUSHLOCK_MODELS"]).iterdir()] == []


def test_a_published_file_is_known_by_its_checksum_whatever_it_is_called(small_file, publish):
    publish(published(small_file))
    here = taken(small_file, name="mine")
    assert here.entry == entry_named("known")
    assert here.proof == "the published file by its sha256"


def test_part_of_a_checksum_is_said_to_be_no_proof(small_file, publish):
    digits = hashlib.md5(small_file.read_bytes()).hexdigest()[:7]
    publish(published(small_file, digests=[f"md5:{digits}"]))
    assert "7 digits" in taken(small_file).proof
    assert "not a proof" in taken(small_file).proof


def test_weights_that_are_not_the_published_ones_cannot_take_their_name(small_file):
    with pytest.raises(UsageError, match="--as NAME"):
        taken(small_file, name="synchformer-audioset")
    with pytest.raises(UsageError, match="no model can be called"):
        taken(small_file, name="../outside")
    assert taken(small_file, name="mine", like="synchformer-audioset").entry.bias == 0.064


def test_a_published_file_of_another_kind_than_the_registry_says_is_refused(small_file, publish):
    publish(published(small_file, kind="extractors"))
    with pytest.raises(ModelError, match="should be synchformer \\(extractors\\)"):
        taken(small_file)
    assert not all_stored()


def test_an_installed_file_carried_to_another_computer_is_still_what_it_was(small_file, publish, monkeypatch):
    publish(published(small_file))
    first = taken(small_file)
    monkeypatch.setenv("RUSHLOCK_MODELS", str(small_file.parent / "elsewhere"))
    second = taken(first.path)
    assert (second.entry, second.digest, second.origin) == (first.entry, first.digest, first.origin)
    assert "carried here unchanged" in second.proof


def test_a_record_of_other_content_speaks_for_nothing(small_file, publish):
    publish(published(small_file))
    first = taken(small_file)
    write_checkpoint(first.path, weights(seed=2), {"config": SMALL.to_json()})
    with pytest.raises(UsageError, match="its checksum differs"):
        taken(first.path)


def test_files_that_hold_no_weights_are_refused_in_a_sentence(tmp_path):
    path = tmp_path / "holiday.pt"
    path.write_bytes(b"not weights at all")
    with pytest.raises(ModelError, match=r"holiday\.pt"):
        taken(path)
    with pytest.raises(UsageError, match="there is no file"):
        taken(tmp_path / "nothing.pt")


@pytest.mark.parametrize("name", ["mock_ckpt_sync.pt", "mock_ckpt_avclip.pt"])
def test_a_training_checkpoint_is_read_without_running_it_and_told_incomplete(kit, name):
    with pytest.raises(ModelError, match="not complete weights of Synchformer"):
        taken(kit.folder / "fixtures" / name, name="mock")


# Verifying, removing, finding.


def test_a_byte_that_changed_is_found_and_a_file_cut_short_is_not_offered(small_file):
    here = taken(small_file)
    assert drain(verify(here, CancelToken())).good
    content = bytearray(here.path.read_bytes())
    content[-1] ^= 1
    here.path.write_bytes(content)
    verdict = drain(verify(here, CancelToken()))
    assert (verdict.good, "sha256 differs" in verdict.words) == (False, True)
    here.path.write_bytes(content[:-9])
    assert not drain(verify(here, CancelToken())).good
    assert "small-net-1" not in {entry.name for entry in installed()}
    assert next(line for line in catalogue() if line.entry == here.entry).state is State.DAMAGED


def test_removed_weights_leave_nothing_and_paths_are_not_followed(small_file, tmp_path):
    here = taken(small_file)
    assert remove("small-net-1") == here.size
    assert list(here.path.parent.iterdir()) == []
    (here.path.parent.parent / "other.safetensors").touch()
    for name in ("small-net-1", "../other", "synchformer-audioset"):
        with pytest.raises(ModelError, match="not installed"):
            remove(name)
    assert (here.path.parent.parent / "other.safetensors").exists()


def test_weights_without_a_record_count_as_not_there_and_are_replaced(small_file, caplog):
    here = taken(small_file)
    here.path.with_suffix(".json").write_text("{")
    assert stored("small-net-1") is None
    assert "cannot be read" in caplog.text
    assert taken(small_file) == here


def test_a_family_means_its_best_weights_and_the_stand_in_only_where_there_is_nothing_else(
    small_file, publish
):
    standin = published(
        small_file, "standin", digests=[], file="s.safetensors", shipped=True, experimental=True
    )
    folder = publish(standin, published(small_file, "known", url="https://x/known"))
    assert [line.entry.name for line in catalogue()] == ["known"]
    with pytest.raises(ModelMissingError, match=r"not installed\. Much\. .*rushlock models install known"):
        chosen("known")
    (folder / "s.safetensors").write_bytes(small_file.read_bytes())
    assert chosen("synchformer").name == "standin"
    assert catalogue()[0].state is State.BUILT_IN
    with pytest.raises(ModelError, match="stays"):
        remove("standin")
    taken(small_file)
    assert chosen("synchformer").name == "known"
    assert chosen("standin").experimental


def test_installed_weights_open_under_their_name_with_their_bias(small_file, publish):
    publish(published(small_file))
    here = taken(small_file)
    net = open_net("synchformer", "cpu")
    assert (net.name, net.digest, net.layout.bias, net.experimental) == ("known", here.digest, 0.064, False)
    assert len(net.layout.classes) == 5


@pytest.mark.parametrize("fits", [True, False])
def test_weights_open_with_the_head_that_goes_with_them_and_without_one_that_does_not(
    small_file, publish, caplog, fits
):
    config = replace(SMALL, window=3, offset_classes=0, belonging=True)
    more = weights(config, seed=2)
    if fits:
        more |= {name: each for name, each in weights().items() if "feat_extractor" in name}
    other = small_file.with_name("other.safetensors")
    write_checkpoint(other, more, {"config": config.to_json()})
    companion = published(other, "other", kind="synchronizability")
    publish(published(small_file, companion="other"), companion)
    taken(small_file)
    taken(other)
    net = open_net("known", "cpu")
    tokens = np.zeros((1, 4, 8, 16), np.float32), np.zeros((1, 4, 6, 16), np.float32)
    assert (net.belonging_logits(*tokens) is not None) == fits
    assert ("it is not asked" in caplog.text) != fits


def test_a_name_that_nothing_has_is_answered_with_all_there_are():
    with pytest.raises(UsageError, match=r"no model called synchfromer.*synchformer-lrs3"):
        chosen("synchfromer")


# Installing.


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def address(small_file, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = HTTPServer(("127.0.0.1", 0), partial(Quiet, directory=small_file.parent))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/Small%20net_1.safetensors"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_model_is_fetched_checked_and_kept_with_nothing_left_over(small_file, publish, address):
    publish(published(small_file, url=address, size=small_file.stat().st_size))
    stages = []
    here = drain(install(entry_named("known"), CancelToken()), lambda step: stages.append(step.stage))
    assert list(dict.fromkeys(stages)) == ["Downloading", "Checking", "Reading weights", "Writing weights"]
    assert (here.origin, here.entry.bias) == (address, 0.064)
    assert drain(verify(here, CancelToken())).good
    assert {file.name for file in here.path.parent.iterdir()} == {"known.safetensors", "known.json"}


def test_a_file_with_another_checksum_is_not_installed_and_not_kept(small_file, publish, address):
    publish(published(small_file, url=address, digests=["sha256:" + "0" * 64]))
    with pytest.raises(ModelError, match=r"begins .* instead of 0000000000000000"):
        drain(install(entry_named("known"), CancelToken()))
    assert list(Path(os.environ["RUSHLOCK_MODELS"]).iterdir()) == []


@pytest.mark.parametrize("stage", ["Downloading", "Checking", "Reading weights", "Writing weights"])
def test_a_cancel_at_any_stage_leaves_the_store_as_it_was_and_can_go_on(small_file, publish, address, stage):
    publish(published(small_file, url=address))
    token = CancelToken()
    with pytest.raises(Cancelled):
        drain(
            install(entry_named("known"), token), lambda step: token.cancel() if step.stage == stage else None
        )
    assert stored("known") is None
    assert not list(Path(os.environ["RUSHLOCK_MODELS"]).glob("*.draft"))
    assert not list(Path(os.environ["RUSHLOCK_MODELS"]).glob("*.safetensors"))
    assert drain(install(entry_named("known"), CancelToken())).whole


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(small_file, publish, address, monkeypatch):
    publish(published(small_file, url=address))
    monkeypatch.setenv("RUSHLOCK_MODELS", str(small_file / "below a file"))
    with pytest.raises(ModelError, match="below a file"):
        drain(install(entry_named("known"), CancelToken()))


def test_what_a_newer_registry_knows_holds_for_weights_fetched_before(small_file, publish):
    publish(published(small_file))
    taken(small_file)
    publish(published(small_file, bias=0.08, adds="More."))
    assert stored("known").entry == replace(stored("known").entry, bias=0.08, adds="More.")
