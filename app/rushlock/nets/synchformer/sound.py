"""The sound extractor: the Audio Spectrogram Transformer (Gong et al., Interspeech 2021).

Tokens are overlapping patches of the spectrogram, ordered band by band, behind two opening tokens. The
nesting of the modules gives parameters the names that they have in Hugging Face's implementation, with which
the published weights were trained.
"""

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from rushlock.nets.attention import attend
from rushlock.nets.synchformer.aggregation import Aggregation
from rushlock.nets.synchformer.config import SynchformerConfig

EPS = 1e-12
_OPENING = 2


class Dense(nn.Module):
    """One linear layer, called ``dense``."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.dense = nn.Linear(inner, outer)

    def forward(self, tokens: Tensor) -> Tensor:
        """Return (..., outer) for (..., inner)."""
        found: Tensor = self.dense(tokens)
        return found


class SelfAttention(nn.Module):
    """All tokens look at all."""

    def __init__(self, dims: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(dims, dims)
        self.key = nn.Linear(dims, dims)
        self.value = nn.Linear(dims, dims)

    def forward(self, tokens: Tensor) -> Tensor:
        """Return what each token of (n, tokens, dims) has gathered."""
        return attend(self.query(tokens), self.key(tokens), self.value(tokens), self.heads)


class ProjectedAttention(nn.Module):
    """Attention and the layer that follows it."""

    def __init__(self, dims: int, heads: int) -> None:
        super().__init__()
        self.attention = SelfAttention(dims, heads)
        self.output = Dense(dims, dims)

    def forward(self, tokens: Tensor) -> Tensor:
        """Return tokens in the same shape."""
        found: Tensor = self.output(self.attention(tokens))
        return found


class SoundLayer(nn.Module):
    """One block: attention, then feed-forward, each on normalised tokens and added to them."""

    def __init__(self, config: SynchformerConfig) -> None:
        super().__init__()
        dims, wide = config.dims, config.dims * config.growth
        self.attention = ProjectedAttention(dims, config.heads)
        self.intermediate = Dense(dims, wide)
        self.output = Dense(wide, dims)
        self.layernorm_before = nn.LayerNorm(dims, eps=EPS)
        self.layernorm_after = nn.LayerNorm(dims, eps=EPS)

    def forward(self, tokens: Tensor) -> Tensor:
        """Return tokens in the same shape."""
        tokens = tokens + self.attention(self.layernorm_before(tokens))
        wide = gelu(self.intermediate(self.layernorm_after(tokens)))
        found: Tensor = tokens + self.output(wide)
        return found


class PatchEmbeddings(nn.Module):
    """Overlapping patches of a spectrogram to tokens."""

    def __init__(self, config: SynchformerConfig) -> None:
        super().__init__()
        self.projection = nn.Conv2d(1, config.dims, config.sound_patch, config.sound_stride)

    def forward(self, spectrograms: Tensor) -> Tensor:
        """Return (n, bands * beats, dims) for (n, 1, mels, columns)."""
        patches: Tensor = self.projection(spectrograms)
        return patches.flatten(2).transpose(1, 2)


class Embeddings(nn.Module):
    """Tokens told their place, two opening tokens before them."""

    def __init__(self, config: SynchformerConfig) -> None:
        super().__init__()
        dims, tokens = config.dims, _OPENING + config.bands * config.beats
        self.cls_token = nn.Parameter(nn.init.normal_(torch.empty(1, 1, dims), std=0.02))
        self.distillation_token = nn.Parameter(nn.init.normal_(torch.empty(1, 1, dims), std=0.02))
        self.position_embeddings = nn.Parameter(nn.init.normal_(torch.empty(1, tokens, dims), std=0.02))
        self.patch_embeddings = PatchEmbeddings(config)

    def forward(self, spectrograms: Tensor) -> Tensor:
        """Return (n, 2 + bands * beats, dims)."""
        opening = torch.cat([self.cls_token, self.distillation_token], dim=1)
        patches = self.patch_embeddings(spectrograms)
        return torch.cat([opening.expand(len(patches), -1, -1), patches], dim=1) + self.position_embeddings


class Encoder(nn.Module):
    """All layers, one after the other."""

    def __init__(self, config: SynchformerConfig) -> None:
        super().__init__()
        self.layer = nn.ModuleList(SoundLayer(config) for _ in range(config.sound_depth))

    def forward(self, tokens: Tensor) -> Tensor:
        """Return tokens in the same shape."""
        for layer in self.layer:
            tokens = layer(tokens)
        return tokens


class SpectrogramTransformer(nn.Module):
    """Spectrograms to normalised tokens."""

    def __init__(self, config: SynchformerConfig) -> None:
        super().__init__()
        self.embeddings = Embeddings(config)
        self.encoder = Encoder(config)
        self.layernorm = nn.LayerNorm(config.dims, eps=EPS)

    def forward(self, spectrograms: Tensor) -> Tensor:
        """Return (n, 2 + bands * beats, dims)."""
        found: Tensor = self.layernorm(self.encoder(self.embeddings(spectrograms)))
        return found


class SoundExtractor(nn.Module):
    """Segments of sound to tokens, one for each beat of time."""

    def __init__(self, config: SynchformerConfig) -> None:
        super().__init__()
        self.bands, self.beats = config.bands, config.beats
        self.ast = SpectrogramTransformer(config)
        self.freq_attn_agg = Aggregation(config)

    def forward(self, spectrograms: Tensor) -> Tensor:
        """Return (n, beats, dims) for (n, 1, mels, columns), normalised."""
        patches = self.ast(spectrograms)[:, _OPENING:]
        grid = torch.unflatten(patches, 1, (self.bands, self.beats))
        each_beat = grid.transpose(1, 2).flatten(0, 1)
        return torch.unflatten(self.freq_attn_agg(each_beat), 0, (len(spectrograms), self.beats))
