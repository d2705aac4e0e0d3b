"""Checkpoints give their tensors and run nothing, whatever is pickled in them."""

import io
import os
import pickle
import struct
import zipfile
from collections import OrderedDict, defaultdict
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from rushlock.base.errors import ModelError  # noqa: E402 - needs torch for what follows
from rushlock.nets.checkpoint import read_checkpoint, write_checkpoint  # noqa: E402

WEIGHTS = {
    "plain": torch.arange(6, dtype=torch.float32).reshape(2, 3),
    "turned": torch.arange(6, dtype=torch.float64).reshape(2, 3).T,
    "half": torch.tensor([0.5, -1.0], dtype=torch.float16),
    "brain": torch.tensor([0.5, -1.0], dtype=torch.bfloat16),
    "count": torch.tensor(7),
    "none": torch.zeros(0, 3),
}


class Touch:
    """Makes a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


class Shell:
    """Runs a command when it is unpickled."""

    def __init__(self, command):
        self.command = command

    def __reduce__(self):
        return os.system, (self.command,)


def saved(path, content):
    torch.save(content, path)
    return path


def same(found, expected):
    assert found.keys() == expected.keys()
    for name, tensor in expected.items():
        assert found[name].dtype == tensor.dtype
        assert torch.equal(found[name], tensor)


@pytest.mark.parametrize("wrap", [dict, OrderedDict, lambda w: {"model": w}, lambda w: {"state_dict": w}])
def test_weights_are_found_flat_or_where_trainers_put_them(tmp_path, wrap):
    path = saved(tmp_path / "weights.pt", wrap(WEIGHTS))
    same(read_checkpoint(path).tensors, WEIGHTS)


def test_weights_come_out_of_a_file_full_of_other_objects(tmp_path):
    layer = torch.nn.Linear(3, 2)
    others = {
        "args": Path("somewhere"),
        "seen": defaultdict(list, a=[np.float64(1.5)]),
        "metrics": np.arange(3.0),
        "epoch": 7,
        "layer": layer,
        "names": {"a", "b"},
    }
    path = saved(tmp_path / "epoch_best.pt", {**others, "state_dict": OrderedDict(layer.state_dict())})
    same(read_checkpoint(path).tensors, layer.state_dict())


@pytest.mark.parametrize("hidden", [Touch, lambda path: Shell(f"touch {path}")])
@pytest.mark.parametrize("place", ["beside", "within"])
def test_nothing_that_is_pickled_is_run(tmp_path, hidden, place):
    mark = tmp_path / "mark"
    bait = hidden(mark)
    content = {"args": bait, "model": WEIGHTS} if place == "beside" else {"model": {**WEIGHTS, "more": bait}}
    path = saved(tmp_path / "weights.pt", content)
    if place == "beside":
        same(read_checkpoint(path).tensors, WEIGHTS)
    else:
        with pytest.raises(ModelError, match="holds no weights"):
            read_checkpoint(path)
    assert not mark.exists()
    pickle.loads(pickle.dumps(bait))
    assert mark.exists()  # the bait does bite


def test_published_checkpoints_give_their_tensors(kit):
    import json

    check = json.loads((kit.fixtures / "weights_check.json").read_text())["first_values"]
    found = read_checkpoint(kit.fixtures / "mock_ckpt_sync.pt").tensors
    assert found["transformer.off_head.weight"].shape == (21, 768)
    for name, values in check.items():
        if name in found:
            np.testing.assert_array_equal(found[name].flatten()[: len(values)], np.float32(values))
    first_stage = read_checkpoint(kit.fixtures / "mock_ckpt_avclip.pt").tensors
    assert first_stage["module.logit_scale"].item() == pytest.approx(0.07)
    assert torch.equal(first_stage["module.v_encoder.cls_token"], found["vfeat_extractor.cls_token"])


def test_what_is_written_comes_back_with_its_texts(tmp_path):
    shared = torch.arange(4.0)
    weights = WEIGHTS | {"first": shared, "second": shared[:2], "wide": torch.zeros(1).expand(3)}
    write_checkpoint(tmp_path / "new" / "net.safetensors", weights, {"config": '{"dims": 3}'})
    found = read_checkpoint(tmp_path / "new" / "net.safetensors")
    same(found.tensors, weights)
    assert found.metadata == {"config": '{"dims": 3}'}
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["net.safetensors"]


def test_weights_that_cannot_be_written_leave_what_was_there(tmp_path):
    (tmp_path / "net.safetensors").mkdir()
    with pytest.raises(ModelError, match="cannot be written"):
        write_checkpoint(tmp_path / "net.safetensors", WEIGHTS, {})
    assert [path.name for path in tmp_path.iterdir()] == ["net.safetensors"]


def archive(path, pickled, **storages):
    """Write a torch archive by hand."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a/data.pkl", pickled)
        for key, raw in storages.items():
            file.writestr(f"a/data/{key[1:]}", raw)
    return path


class Forged(pickle.Pickler):
    """Writes (size, stride) as a tensor on storage 0, four float32 long."""

    def persistent_id(self, found):
        return ("storage", torch.FloatStorage, "0", "cpu", 4) if found == "storage 0" else None


class View:
    def __init__(self, offset, size, stride):
        self.where = offset, size, stride

    def __reduce__(self):
        return torch._utils._rebuild_tensor_v2, ("storage 0", *self.where, False, OrderedDict())


def forged(path, tensor):
    held = io.BytesIO()
    Forged(held, protocol=2).dump({"args": Path("x"), "model": {"weight": tensor}})
    return archive(path, held.getvalue(), _0=struct.pack("<4f", 1, 2, 3, 4))


def test_a_tensor_is_cut_from_its_storage_by_offset_and_stride(tmp_path):
    path = forged(tmp_path / "net.pt", View(1, (2,), (2,)))
    assert read_checkpoint(path).tensors["weight"].tolist() == [2.0, 4.0]


@pytest.mark.parametrize(
    "tensor",
    [
        View(0, (5,), (1,)),
        View(3, (2,), (1,)),
        View(-1, (2,), (1,)),
        View(0, (1 << 40,), (0,)),
        View(0, ("many",), (1,)),
    ],
    ids=["long", "late", "early", "endless", "words"],
)
def test_a_tensor_that_is_not_in_its_storage_is_refused(tmp_path, tensor):
    with pytest.raises(ModelError):
        read_checkpoint(forged(tmp_path / "net.pt", tensor))


def test_files_that_are_no_checkpoints_are_said_to_be_none(tmp_path):
    whole = saved(tmp_path / "whole.pt", {"model": WEIGHTS, "args": Path("x")}).read_bytes()
    write_checkpoint(tmp_path / "whole.safetensors", WEIGHTS, {})
    kept = (tmp_path / "whole.safetensors").read_bytes()
    squeezed = io.BytesIO()
    with zipfile.ZipFile(squeezed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a/data.pkl", pickle.dumps({"model": {}}))
    bad = {
        "empty": b"",
        "text": b"<html>404</html>",
        "old pickle": pickle.dumps({"model": 1}),
        "half an archive": whole[: len(whole) // 2],
        "scratched": whole[:200] + b"\xff" * 200 + whole[400:],
        "half of safetensors": kept[: len(kept) // 2],
        "endless header": struct.pack("<Q", 1 << 62) + b"{}",
        "compressed": squeezed.getvalue(),
    }
    for name, content in bad.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(ModelError, match=name):
            read_checkpoint(path)
    with pytest.raises(ModelError, match="cannot be read"):
        read_checkpoint(tmp_path / "absent.pt")
