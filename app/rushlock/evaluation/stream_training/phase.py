"""Both phases: sequences of windows against softened classes; they differ in what is changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from rushlock.evaluation.stream_training.backbone import Backbone, layout_of, quick
from rushlock.evaluation.stream_training.recipe import StreamRecipe
from rushlock.evaluation.stream_training.sequences import REACH, Pattern, drawn_starts, stretch_seconds
from rushlock.evaluation.stream_training.sources import Source
from rushlock.evaluation.window_training.loop import Trained
from rushlock.evaluation.window_training.recipe import PhaseRecipe
from rushlock.nets.protocol import Floats, Pictures
from rushlock.nets.stream_sync.preprocessing import softened

_LEAST_POOL = 24


@dataclass
class Kept:
    """A stretch in the pool: its sequences as the network is fed them, or embedded.

    Attributes:
        pictures: Segments, or their tokens, of each sequence of picture.
        sound: Of each sequence of sound.
        stranger: Of a sequence of sound that belongs to none of it.
        picture_starts, sound_starts: Seconds.
        ends: Of pairs, once they were compared by a backbone that is held still.
    """

    pictures: list[Pictures | Tensor]
    sound: list[Floats | Tensor]
    stranger: Floats | Tensor | None
    picture_starts: list[float]
    sound_starts: list[float]
    ends: dict[tuple[int, int], Tensor] = field(default_factory=dict)

    def pairs(self) -> list[tuple[int, int]]:
        """Return which sequences of picture and of sound are near enough."""
        every = product(range(len(self.pictures)), range(len(self.sound)))
        return [(p, s) for p, s in every if abs(self.offset(p, s)) <= REACH]

    def offset(self, picture: int, sound: int) -> float:
        """Return how much later than a sequence of picture one of sound begins, seconds."""
        return self.sound_starts[sound] - self.picture_starts[picture]


Drawn = tuple[Kept, tuple[int, int]]


class Streaming:
    """One of both phases, see ``window_training.loop.Phase``."""

    def __init__(self, name: str, backbone: Backbone, recipe: StreamRecipe, source: Source) -> None:
        """Get ready; ``name`` is "head" or "whole"."""
        self.name = name
        self._backbone, self._recipe, self._source = backbone, recipe, source
        self._plan: PhaseRecipe = getattr(recipe, name)
        self._still = name == "head"
        self._embeds = self._still or not recipe.extractors
        self._pattern = Pattern.of(layout_of(backbone.network), recipe.hop, recipe.windows)
        self._classes = torch.tensor(backbone.network.config.offsets, device=backbone.device)
        self._pool: list[Kept] = []
        self._drawn = 0

    def trained(self) -> list[Trained]:
        """Return what this phase changes."""
        backbone = self._backbone
        weights = list(backbone.heads())
        if not self._still:
            weights += backbone.comparing()
            weights += backbone.extracting() if self._recipe.extractors else []
        for weight in backbone.network.parameters():
            weight.requires_grad_(False)
        for weight in weights:
            weight.requires_grad_(True)
        return [Trained(weights)]

    def draw(self, step: int) -> Iterator[None]:
        """Draw the stretches due by a step; at first, and after a stop, as many as the pool holds then."""
        wanted = max(int((step + 1) * self._plan.scenes), min(_LEAST_POOL, self._recipe.pool))
        for number in range(max(self._drawn, wanted - self._recipe.pool), wanted):
            self._pool.append(self._kept(2 * number + (not self._still)))
            yield
        self._drawn = wanted
        del self._pool[: -self._recipe.pool]

    def loss(self, step: int) -> tuple[Tensor, dict[str, float]]:
        """Return the loss of a step's sequences, and figures for the curves."""
        random = np.random.default_rng((self._recipe.seed, 7, self._still, step))
        drawn = [self._pair(random) for _ in range(self._recipe.batch)]
        first = int(random.integers(self._recipe.windows - self._recipe.learning + 1))
        learning = slice(first, first + self._recipe.learning)
        with quick(self._backbone.device):
            ends = self._known(drawn) if self._still else self._compared(drawn, learning)
            said = self._backbone.said(ends.flatten(0, 1))
            tokens = torch.unflatten(said.token, 0, ends.shape[:2])
            streams = self._backbone.network.streaming_head.after_each(tokens)
        snapshots = torch.unflatten(said.logits, 0, ends.shape[:2])
        loss, figures = self._told(snapshots.float(), streams.float(), drawn)
        if said.belonging is not None and not self._still:
            kept = self._belonging(drawn, random, torch.unflatten(said.belonging, 0, ends.shape[:2]), first)
            figures["belonging"] = kept.item()
            loss = loss + self._recipe.belonging * kept
        return loss, figures

    def _kept(self, number: int) -> Kept:
        pattern, recipe, layout = self._pattern, self._recipe, layout_of(self._backbone.network)
        seconds = stretch_seconds(pattern)
        stretch = self._source.stretch(number, seconds, layout)
        films = stretch.films
        random = np.random.default_rng((recipe.seed, 8, number))
        starts, later = drawn_starts(random, pattern, seconds, len(films), recipe.sounds)
        pictures = [pattern.pictures(film, start) for film, start in zip(films, starts, strict=True)]
        sound = [pattern.sound(films[n % len(films)], start) for n, start in enumerate(later)]
        strange = None if stretch.stranger is None else pattern.cut(stretch.stranger, starts[0])
        if not self._embeds:
            return Kept([*pictures], [*sound], strange, starts, later)
        with torch.no_grad(), quick(self._backbone.device):
            return Kept(
                [self._backbone.see(each).float() for each in pictures],
                [self._backbone.hear(each).float() for each in sound],
                None if strange is None else self._backbone.hear(strange).float(),
                starts,
                later,
            )

    def _pair(self, random: np.random.Generator) -> Drawn:
        kept = self._pool[int(random.integers(len(self._pool)))]
        pairs = kept.pairs()
        if not pairs:
            return self._pair(random)
        return kept, pairs[int(random.integers(len(pairs)))]

    def _known(self, drawn: list[Drawn]) -> Tensor:
        """Return ends (batch, windows, 2, dims) by a backbone that is held still: each pair's once."""
        found = []
        for kept, pair in drawn:
            if pair not in kept.ends:
                with torch.no_grad():
                    kept.ends[pair] = self._ends([(kept, pair)], slice(None))[0].float()
            found.append(kept.ends[pair])
        return torch.stack(found)

    def _compared(self, drawn: list[Drawn], learning: slice) -> Tensor:
        """Return ends (batch, windows, 2, dims), with gradients through some windows."""
        with torch.no_grad():
            before = self._ends(drawn, slice(0, learning.start))
            after = self._ends(drawn, slice(learning.stop, None))
        return torch.cat([before, self._ends(drawn, learning), after], dim=1)

    def _ends(self, drawn: list[Drawn], windows: slice) -> Tensor:
        rows = self._pattern.rows[windows]
        if not len(rows):
            return torch.zeros(
                len(drawn), 0, 2, self._backbone.network.config.dims, device=self._classes.device
            )
        pictures = [self._tokens(kept.pictures[p], rows) for kept, (p, _) in drawn]
        sound = [self._tokens(kept.sound[s], rows) for kept, (_, s) in drawn]
        ends = self._backbone.ends(torch.cat(pictures), torch.cat(sound))
        return torch.unflatten(ends, 0, (len(drawn), len(rows)))

    def _tokens(self, segments: Pictures | Floats | Tensor, rows: np.ndarray) -> Tensor:
        """Return tokens (windows, window, tokens, dims) of some windows of a sequence."""
        if isinstance(segments, Tensor):
            return segments[torch.from_numpy(rows).to(segments.device)]
        used, within = np.unique(rows, return_inverse=True)
        embed = self._backbone.see if segments.dtype == np.uint8 else self._backbone.hear
        return embed(segments[used])[torch.from_numpy(within.reshape(rows.shape)).to(self._classes.device)]

    def _told(
        self, snapshots: Tensor, streams: Tensor, drawn: list[Drawn]
    ) -> tuple[Tensor, dict[str, float]]:
        """Return the loss of logits (batch, windows, classes), and figures."""
        recipe, device = self._recipe, self._classes.device
        true = torch.tensor([kept.offset(*pair) for kept, pair in drawn], device=device)
        places = (self._classes - true[:, None]).abs().argmin(1)
        target = softened(places, len(self._classes), recipe.smoothing)[:, None]
        counted = streams[:, recipe.learning - 1 :]
        one, many = (
            cross_entropy(some.flatten(0, 1), target.expand_as(some).flatten(0, 1))
            for some in (snapshots, counted)
        )
        right = {
            "single": (snapshots.argmax(-1) == places[:, None]).float().mean(),
            "mean": (snapshots.softmax(-1).mean(1).argmax(-1) == places).float().mean(),
            "streaming": (streams[:, -1].argmax(-1) == places).float().mean(),
        }
        figures = {"snapshots": one.item(), "streams": many.item()}
        figures |= {name: value.item() for name, value in right.items()}
        return recipe.alpha * one + recipe.beta * many, figures

    def _belonging(
        self, drawn: list[Drawn], random: np.random.Generator, logits: Tensor, window: int
    ) -> Tensor:
        """Return the loss of what belongs, and of one window of each sequence with a stranger's sound."""
        rows = self._pattern.rows[window : window + 1]
        pictures = torch.cat([self._tokens(kept.pictures[p], rows) for kept, (p, _) in drawn])
        strange = torch.cat([self._tokens(self._stranger(kept, random), rows) for kept, _ in drawn])
        found = self._backbone.said(self._backbone.ends(pictures, strange)).belonging
        assert found is not None, "asked only where there is a head"
        both = torch.cat([logits[:, window], found])
        return cross_entropy(both.float(), (torch.arange(len(both), device=both.device) < len(drawn)).long())

    def _stranger(self, own: Kept, random: np.random.Generator) -> Floats | Tensor:
        if own.stranger is not None and random.random() < 0.5:
            return own.stranger
        others = [kept for kept in self._pool if kept is not own] or [own]
        other = others[int(random.integers(len(others)))]
        return other.sound[int(random.integers(len(other.sound)))]
