"""Batches grow while that pays, shrink when memory runs out, and give back everything in order."""

import logging

import pytest

torch = pytest.importorskip("torch")

from rushlock.base.errors import ModelError  # noqa: E402 - needs torch for what follows
from rushlock.nets import batching  # noqa: E402
from rushlock.nets.batching import Batches, computing, exactly, precision  # noqa: E402


class Device:
    """Takes up to some items at a time; a batch costs a fixed time, and every item one more."""

    def __init__(self, monkeypatch, room=1 << 30, overhead=4.0, each=1.0):
        self.room, self.overhead, self.each = room, overhead, each
        self.now, self.sizes = 0.0, []
        monkeypatch.setattr(batching.time, "perf_counter", lambda: self.now)

    def __call__(self, *items):
        count = len(items[0])
        if count > self.room:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")
        self.sizes.append(count)
        self.now += self.overhead + self.each * count
        return sum(items) * 2


def test_batches_double_while_an_item_gets_cheaper(monkeypatch):
    device = Device(monkeypatch)
    items = torch.arange(400)
    batches = Batches("items", largest=64)
    assert torch.equal(batches.run(device, items), items * 2)
    assert device.sizes[:7] == [1, 2, 4, 8, 16, 32, 64]
    assert max(device.sizes) == 64


def test_batches_stay_small_where_nothing_is_won(monkeypatch):
    device = Device(monkeypatch, overhead=0.0)
    Batches("items").run(device, torch.arange(50))
    assert device.sizes == [1, 2] + [1] * 47


def test_batches_halve_where_memory_runs_out_and_lose_nothing(monkeypatch, caplog):
    device = Device(monkeypatch, room=11)
    items = torch.arange(100)
    batches = Batches("segments of picture")
    with caplog.at_level(logging.INFO):
        assert torch.equal(batches.run(device, items, items), items * 4)
    assert device.sizes[:4] == [1, 2, 4, 8]
    assert set(device.sizes[3:-1]) == {8}
    assert [record.getMessage() for record in caplog.records] == [
        "Memory ran out: 8 segments of picture at a time from now on"
    ]


def test_the_size_found_holds_for_the_next_call(monkeypatch):
    device = Device(monkeypatch, room=11)
    batches = Batches("items")
    batches.run(device, torch.arange(100))
    device.sizes.clear()
    batches.run(device, torch.arange(20))
    assert device.sizes == [8, 8, 4]


def test_a_single_item_that_does_not_fit_is_told_in_a_sentence(monkeypatch):
    device = Device(monkeypatch, room=0)
    with pytest.raises(ModelError, match="memory does not suffice for windows"):
        Batches("windows").run(device, torch.arange(3))


def test_other_failures_are_not_taken_for_want_of_memory():
    def wrong(_):
        raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")

    with pytest.raises(RuntimeError, match="shapes"):
        Batches("windows").run(wrong, torch.arange(3))


def test_the_cpu_computes_in_full_precision_and_keeps_no_gradients():
    weight = torch.ones(3, 3, requires_grad=True)
    with computing("cpu"), exactly("cpu"):
        found = weight @ weight
    assert precision("cpu") is torch.float32
    assert found.dtype is torch.float32
    assert not found.requires_grad
