"""Can a network tell by the codec alone where in its clip a trim began (SparseSync, section 4)?

A network that can might have learnt offsets from the coding instead of from what is seen and heard. Two
questions are put to noise that went through codecs and was then trimmed at one of fifty places, 0.1 s apart:

- *Read*: what it embeds of a trim is read by a linear classifier (ridge regression on the places, fitted on
  trims of some clips): does it name the places of trims of other clips more often than chance? The paper
  trains a whole network for that; its recipe is not public, and the question here is about a network that
  is there. Two kinds of clip tell their time on purpose: unless the reading finds those, it proves nothing.
- *Asked*: picture and sound of two trims, apart by one of the classes: is that the offset it answers?

Either passes where an exact binomial test says so at ``LEVEL`` shared among all tests (Bonferroni): of first
answers against the commonest place, or class; and of the first five against the five commonest, for a codec
that repeats itself every twelve frames leaves four or five places equally likely.

What can be read is a *trace*: a faithful ear keeps what its sound holds, and a codec leaves its frames in the
sound. It is reported. A network *passes*, and is not to be shipped, where it makes use of it: where its
answers tell the codec.

A faint trace asks for many trims. What the stand-in's sound extractor keeps of AAC at 44.1 kHz was missed
with 24 clips (32 of 200 places among the first five, 20 by chance) and plain with 150 (178 of 1250, 125 by
chance, p = 1e-6), though no answer of its head showed it: so 150 are usual.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.av.artefacts import FRAME_RATE, Coding, codings
from rushlock.media.sound import Floats
from rushlock.nets.protocol import Pictures, SegmentLayout, WindowNet

LEVEL = 0.01
PLACES, STEP_S = 50, 0.1
CLIPS = 150

READ, ASKED = "read", "asked"

_STAGE = "Probing"
_UNSEEN = 1 / 3
_RIDGE = 0.3
_TOP = 5
_SEED = 12

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Trims:
    """Embedded trims of one coding.

    Attributes:
        coding: Which.
        tokens: (trims, window, tokens, dims).
        places: Where each began, (trims,).
        clips: Of which clip each is, (trims,).
    """

    coding: Coding
    tokens: Floats
    places: Ints
    clips: Ints


@dataclass(frozen=True)
class Finding:
    """One test.

    Attributes:
        question: ``READ`` or ``ASKED``.
        about: The coding or the pair of them.
        items: How many were asked.
        right: How many answers were right.
        near: How many within one place or class.
        top: How many among the first five.
        constant: Share that always giving the commonest answer gets; ``top_constant``: the five commonest.
        chance: Probability of at least as many right answers for one who guesses that well; ``top_chance``:
            of as many among the first five.
        planted: Whether time was told on purpose.
    """

    question: str
    about: str
    items: int
    right: int
    near: int
    top: int
    constant: float
    top_constant: float
    chance: float
    top_chance: float
    planted: bool

    @property
    def least(self) -> float:
        """The smaller of both chances."""
        return min(self.chance, self.top_chance)


@dataclass(frozen=True)
class Probed:
    """All tests of one network.

    Attributes:
        net: Its name.
        digest: Of its weights.
        level: That one test has to reach.
        findings: The tests.
    """

    net: str
    digest: str
    level: float
    findings: tuple[Finding, ...]

    @property
    def passes(self) -> tuple[Finding, ...]:
        """Codecs by which its answers did better than chance: with any, it is not to be shipped."""
        return tuple(f for f in self._telling if f.question == ASKED)

    @property
    def traces(self) -> tuple[Finding, ...]:
        """Codecs of which something can be read from what it embeds, whatever its answers make of it."""
        return tuple(f for f in self._telling if f.question == READ)

    @property
    def _telling(self) -> Iterator[Finding]:
        return (f for f in self.findings if not f.planted and f.least < self.level)

    @property
    def proves(self) -> bool:
        """Whether the reading found what was planted, in picture and in sound."""
        return all(f.least < self.level for f in self.findings if f.planted)


def probe_net(net: WindowNet, token: CancelToken, clips: int = CLIPS) -> Stage[Probed]:
    """Return all tests of a network.

    Args:
        net: The network; only its embedding and its head are asked.
        token: Checked at every clip.
        clips: Of each coding; a third is kept from the reading and tests it.
    """
    trimmed = []
    for number, coding in enumerate(codings()):
        found = yield from _trims(net, coding, number, clips, token)
        trimmed.append(found)
    asked = list(_pairs(trimmed)) if net.layout.classes else []
    level = LEVEL / (2 * (len(trimmed) + len(asked)))
    findings = [_read(each, clips) for each in trimmed]
    for number, (seen, heard) in enumerate(asked):
        token.check()
        yield Progress(_STAGE, number, len(asked), f"{heard.coding.name} with {seen.coding.name}", "pairs")
        findings.append(_asked(net, seen, heard))
    return Probed(net.name, net.digest, level, tuple(findings))


def binomial_tail(right: int, items: int, chance: float) -> float:
    """Return the probability of at least so many right answers out of all, each right by chance."""
    return min(math.fsum(math.exp(_log_share(k, items, chance)) for k in range(right, items + 1)), 1.0)


def _log_share(right: int, items: int, chance: float) -> float:
    """Return the logarithm of the probability of just so many; as numbers these outgrow any float."""
    if chance <= 0 or chance >= 1:
        return 0.0 if right == round(chance) * items else -math.inf
    ways = math.lgamma(items + 1) - math.lgamma(right + 1) - math.lgamma(items - right + 1)
    return ways + right * math.log(chance) + (items - right) * math.log1p(-chance)


def ridge_scores(known: Floats, places: Ints, unknown: Floats, count: int) -> npt.NDArray[np.float64]:
    """Return scores (unknown, count) of places, by ridge regression on standardised features.

    Solved in the space of items, for there are fewer of them than features. The penalty is a share of the
    kernel's mean diagonal, so that it needs no choice for a network's width.
    """
    mean, deviation = known.mean(axis=0), known.std(axis=0) + 1e-6
    one, other = ((some - mean) / deviation for some in (known.astype(np.float64), unknown))
    kernel = one @ one.T
    penalty = _RIDGE * np.trace(kernel) / len(kernel)
    target = np.eye(count)[places] - 1 / count
    weights = np.linalg.solve(kernel + penalty * np.eye(len(kernel)), target)
    out: npt.NDArray[np.float64] = (other @ one.T) @ weights
    return out


def _trims(net: WindowNet, coding: Coding, number: int, clips: int, token: CancelToken) -> Stage[Trims]:
    """Every clip is trimmed at every other place, so that all places come equally often."""
    layout = net.layout
    seconds = PLACES * STEP_S + layout.window_seconds
    tokens, places, owners = [], [], []
    for clip in range(clips):
        token.check()
        yield Progress(_STAGE, clip, clips, coding.name, "clips")
        whole = coding.clip(np.random.default_rng((_SEED, number, clip)), seconds, layout)
        for place in range(clip % 2, PLACES, 2):
            token.check()
            tokens.append(_embedded(net, coding, whole, place))
            places.append(place)
            owners.append(clip)
    return Trims(coding, np.stack(tokens), np.array(places), np.array(owners))


def _embedded(net: WindowNet, coding: Coding, whole: Pictures | Floats, place: int) -> Floats:
    """Return the tokens (window, tokens, dims) of a trim."""
    layout, start = net.layout, place * STEP_S
    if coding.pictures:
        times = start + _grid(layout) / layout.frame_rate
        shown = np.minimum(np.floor(times * FRAME_RATE + 1e-6).astype(int), len(whole) - 1)
        return net.embed_pictures(whole[shown].astype(np.uint8))
    hop = layout.hop_frames * layout.sample_rate // layout.frame_rate
    first = round(start * layout.sample_rate) + np.arange(layout.window)[:, None] * hop
    return net.embed_sound(whole[first + np.arange(layout.samples)].astype(np.float32))


def _grid(layout: SegmentLayout) -> Ints:
    """Return the numbers of a window's frames, (window, frames)."""
    grid: Ints = np.arange(layout.window)[:, None] * layout.hop_frames + np.arange(layout.frames)
    return grid


def _read(trims: Trims, clips: int) -> Finding:
    unseen = trims.clips >= clips - max(round(_UNSEEN * clips), 1)
    flat = trims.tokens.reshape(len(trims.tokens), -1)
    scores = ridge_scores(flat[~unseen], trims.places[~unseen], flat[unseen], PLACES)
    return _finding(READ, trims.coding.name, scores, trims.places[unseen], planted=trims.coding.planted)


def _pairs(trimmed: Sequence[Trims]) -> Iterator[tuple[Trims, Trims]]:
    seen = [each for each in trimmed if each.coding.pictures and not each.coding.planted]
    heard = [each for each in trimmed if not each.coding.pictures and not each.coding.planted]
    yield from product(seen, heard)


def _asked(net: WindowNet, seen: Trims, heard: Trims) -> Finding:
    """Ask for the offset of trims of equal clip numbers, each class as often as any other."""
    classes = np.array(net.layout.classes)
    apart = (heard.places[None, :] - seen.places[:, None]) * STEP_S
    same = heard.clips[None, :] == seen.clips[:, None]
    random = np.random.default_rng((_SEED, 13))
    chosen, truth = [], []
    per_class = max(len(seen.places) // len(classes) // 2, 1)
    for number, value in enumerate(classes):
        rows = np.argwhere(same & (np.abs(apart - value) < STEP_S / 4))
        if len(rows):
            picked = random.choice(len(rows), min(per_class, len(rows)), replace=False)
            chosen.append(rows[picked])
            truth += [number] * len(picked)
    rows = np.concatenate(chosen)
    logits = net.offset_logits(seen.tokens[rows[:, 0]], heard.tokens[rows[:, 1]])
    about = f"{heard.coding.name} with {seen.coding.name}"
    return _finding(ASKED, about, logits.astype(np.float64), np.array(truth), planted=False)


def _finding(
    question: str, about: str, scores: npt.NDArray[np.float64], truth: Ints, *, planted: bool
) -> Finding:
    order = np.argsort(-scores, axis=1)
    right, top = (int((order[:, :n] == truth[:, None]).any(axis=1).sum()) for n in (1, _TOP))
    shares = np.sort(np.bincount(truth))[::-1] / len(truth)
    constant, top_constant = float(shares[0]), min(float(shares[:_TOP].sum()), 1.0)
    return Finding(
        question,
        about,
        len(truth),
        right,
        int((np.abs(order[:, 0] - truth) <= 1).sum()),
        top,
        constant,
        top_constant,
        binomial_tail(right, len(truth), constant),
        binomial_tail(top, len(truth), top_constant),
        planted,
    )


def as_dict(found: Probed) -> dict[str, Any]:
    """Return all figures by name."""
    return {
        "net": found.net,
        "digest": found.digest,
        "level_of_one_test": found.level,
        "passes": [f.about for f in found.passes],
        "traces": [f.about for f in found.traces],
        "proves": found.proves,
        "findings": [{name: getattr(f, name) for name in f.__dataclass_fields__} for f in found.findings],
    }
