"""How fast window networks of published size compute here, against plain matrix products in the same run.

Speed does not depend on the weights, so random ones do. What is timed is what the product calls: bytes of
picture and samples of sound in, tokens out, batches and transfers included. On a CPU the product to compare
with is of the size of the network's own layers, on a GPU a large one, the most the card can do.
"""

import copy
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.net_kinds import NetKind, published

if TYPE_CHECKING:
    import torch

    from rushlock.nets.protocol import WindowNet

_STAGE = "Timing networks"
_GPU_PRODUCT = (8192, 8192, 8192)
_GPU_PRODUCTS, _CPU_PRODUCTS = 20, 3

_Job = tuple[Callable[[], object], int, float]
"""A call, how many things it does, and the floating-point operations of one."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One thing timed.

    Attributes:
        seconds: Wall time for one, the best of some tries.
        operations: Floating-point operations of one.
    """

    seconds: float
    operations: float

    @property
    def rate(self) -> float:
        """Floating-point operations per second."""
        return self.operations / self.seconds


@dataclass(frozen=True, slots=True)
class NetSpeed:
    """Speed on one device with one number of threads.

    Attributes:
        net: What the network is called.
        where: What computed.
        picture: A segment of picture.
        sound: A segment of sound.
        judge: A window, its segments embedded.
        product: A plain matrix product.
        packed: The same through oneDNN, as networks compute on a CPU; elsewhere the plain one again.
        window: Segments of a window.
        hop: Seconds of a recording from one segment that is embedded to the next.
    """

    net: str
    where: str
    picture: Timed
    sound: Timed
    judge: Timed
    product: Timed
    packed: Timed
    window: int
    hop: float

    @property
    def window_seconds(self) -> float:
        """Time for a window none of whose segments is known."""
        return self.window * (self.picture.seconds + self.sound.seconds) + self.judge.seconds

    @property
    def real_time(self) -> float:
        """How many times faster than it was shot one camera's picture is embedded."""
        return self.hop / self.picture.seconds

    @property
    def rate(self) -> float:
        """Floating-point operations per second of a window none of whose segments is known."""
        each = self.picture.operations + self.sound.operations
        return (self.window * each + self.judge.operations) / self.window_seconds

    def rows(self) -> list[tuple[str, str]]:
        """Return (figure, value) for people."""
        timed = (
            ("picture segment", self.picture),
            ("sound segment", self.sound),
            ("judging a window", self.judge),
        )
        segments = f"{self.window} segments" if self.window > 1 else "one segment"
        of_it = Timed(self.window_seconds, self.rate * self.window_seconds)
        rows = [
            ("plain matrix product", _rate(self.product)),
            ("matrix product as networks use it", _rate(self.packed)),
            *((name, self._words(each)) for name, each in timed),
            (f"a window with its {segments}", self._words(of_it)),
            ("segments of picture a second", f"{1 / self.picture.seconds:.4g}"),
            ("one camera's picture", f"{self.real_time:.3g} x real time"),
        ]
        return [(f"{self.net}, {self.where}: {name}", value) for name, value in rows]

    def _words(self, timed: Timed) -> str:
        plain, packed = timed.rate / self.product.rate, timed.rate / self.packed.rate
        shares = f"{plain:.0%} of the plain product, {packed:.0%} of the other"
        return f"{_time(timed.seconds)}, {_rate(timed)}: {shares}"

    def as_dict(self) -> dict[str, Any]:
        """Return all figures by name, ready for JSON."""
        shares = {
            f"{name}_share_of_{other}": getattr(self, name).rate / getattr(self, other).rate
            for name in ("picture", "sound", "judge")
            for other in ("product", "packed")
        }
        whole = {
            "window_seconds": self.window_seconds,
            "window_share_of_product": self.rate / self.product.rate,
            "window_share_of_packed": self.rate / self.packed.rate,
            "real_time": self.real_time,
        }
        return {**asdict(self), **shares, **whole}


def measure_nets(
    device: str, tries: int, token: CancelToken, kinds: Sequence[NetKind] | None = None
) -> Stage[tuple[NetSpeed, ...]]:
    """Time window networks on a device; on a CPU with one thread, with two and with all.

    Args:
        device: "cuda", "mps" or "cpu".
        tries: How often each thing is timed, after a first time that does not count.
        token: Checked between calls, the longest of which takes some seconds on one core.
        kinds: The networks; the published ones if not given.
    """
    speeds = []
    for kind in published() if kinds is None else kinds:
        yield Progress(_STAGE, 0, 0, f"random weights for {kind.name}", "")
        net = kind.make(device)
        for threads in _thread_counts(device):
            with _on_threads(threads):
                where = f"{threads} thread{'s'[: threads > 1]}" if threads else device
                speeds.append((yield from _speed(net, kind, device, where, tries, token)))
    return tuple(speeds)


def _thread_counts(device: str) -> tuple[int, ...]:
    """Return with how many threads to time; 0 stands for a device of its own."""
    cores = os.cpu_count() or 1
    return tuple(sorted({1, min(2, cores), cores})) if device == "cpu" else (0,)


@contextmanager
def _on_threads(count: int) -> Iterator[None]:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(count or before)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _speed(
    net: "WindowNet", kind: NetKind, device: str, where: str, tries: int, token: CancelToken
) -> Stage[NetSpeed]:
    jobs = [*_questions(net, kind, 1 if device == "cpu" else kind.batch), *_products(kind, device)]
    found = []
    for number, (call, items, operations) in enumerate(jobs):
        yield Progress(_STAGE, number, len(jobs), f"{kind.name}, {where}", "measurements")
        seconds = yield from _best(call, tries, token)
        found.append(Timed(seconds / items, operations))
    picture, sound, judge, product, packed = found
    window = kind.layout.window
    return NetSpeed(kind.name, where, picture, sound, judge, product, packed, window, kind.hop)


def _questions(net: "WindowNet", kind: NetKind, count: int) -> list[_Job]:
    """Return what asks the network about pictures, sound and windows."""
    some, layout = np.random.default_rng(1), kind.layout
    beats = max(count, layout.window)
    pictures = some.integers(0, 256, (count, layout.frames, layout.picture, layout.picture, 3), np.uint8)
    sound = some.normal(0, 0.1, (beats, layout.samples)).astype(np.float32)
    seen, heard = (np.zeros((count, layout.window, *tokens), np.float32) for tokens in kind.tokens)
    return [
        (lambda: net.embed_pictures(pictures), count, kind.picture),
        (lambda: net.embed_sound(sound), beats, kind.sound),
        (lambda: net.offset_logits(seen, heard), count, kind.judge),
    ]


def _best(call: Callable[[], object], tries: int, token: CancelToken) -> Stage[float]:
    """Return the shortest wall time of some calls, after one that does not count."""
    times = []
    for number in range(tries + 1):
        token.check()
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
        yield Progress(_STAGE, number + 1, tries + 1, f"{times[-1]:.2f} s", "tries")
    return min(times[1:])


def _products(kind: NetKind, device: str) -> list[_Job]:
    """Return what multiplies matrices, plainly and as networks do."""
    import torch

    from rushlock.nets.batching import precision
    from rushlock.nets.onednn import pack

    (rows, inner, outer), times = (
        (kind.layer, _CPU_PRODUCTS) if device == "cpu" else (_GPU_PRODUCT, _GPU_PRODUCTS)
    )
    number = precision(device)
    plain = torch.nn.Sequential(torch.nn.Linear(inner, outer)).to(device, number).requires_grad_(False)
    packed = copy.deepcopy(plain)
    if device == "cpu":
        pack(packed)
    items = torch.ones(rows, inner, device=device, dtype=number)

    def calling(product: Callable[["torch.Tensor"], "torch.Tensor"]) -> Callable[[], float]:
        def call() -> float:
            for _ in range(times):
                made = product(items)
            return float(made[0, 0])  # waits for a GPU

        return call

    return [(calling(each), times, 2.0 * rows * inner * outer) for each in (plain, packed)]


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1000 * seconds:.3g} ms"


def _rate(timed: Timed) -> str:
    giga = timed.rate / 1e9
    return f"{giga / 1000:.3g} TFLOP/s" if giga >= 1000 else f"{giga:.3g} GFLOP/s"
