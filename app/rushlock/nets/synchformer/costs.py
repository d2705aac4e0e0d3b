"""How many floating-point operations Synchformer takes, counted from its sizes: products alone, two each.

What torch computes is counted, not what the papers draw: of the aggregation layers only one token, for
instance. Normalisation, GELU and softmax (some per cent of the time) are left out, as is usual.
"""

from rushlock.nets.synchformer.config import SynchformerConfig


def picture_operations(config: SynchformerConfig) -> int:
    """Return the operations for one segment of picture."""
    dims, steps, places = config.dims, config.steps, config.places
    patches = steps * places
    tokens = patches + 1
    embedding = _linear(patches, 3 * config.tube * config.patch**2, dims)
    opening = _attention(1, tokens, dims)
    through_time = _attention(patches, steps + 1, dims)
    in_space = _attention(patches, places + 1, dims)
    linear = 2 * _linear(tokens, dims, 4 * dims) + _feed_forward(tokens, config)
    block = linear + through_time + in_space + 2 * opening
    return embedding + config.picture_depth * block + _aggregation(steps, places, config)


def sound_operations(config: SynchformerConfig) -> int:
    """Return the operations for one segment of sound, its spectrogram aside."""
    dims = config.dims
    patches = config.bands * config.beats
    embedding = _linear(patches, config.sound_patch**2, dims)
    layer = _block(patches + 2, config)
    return embedding + config.sound_depth * layer + _aggregation(config.beats, config.bands, config)


def judge_operations(config: SynchformerConfig) -> int:
    """Return the operations for one window of tokens."""
    projections = _linear(config.positions - 2, config.dims, config.dims)
    heads = _linear(1, config.dims, config.offset_classes + 2 * config.belonging)
    return projections + config.judge_depth * _block(config.positions, config) + heads


def _linear(tokens: int, inner: int, outer: int) -> int:
    return 2 * tokens * inner * outer


def _attention(queries: int, keys: int, dims: int) -> int:
    """Return the operations of all heads together: scores, then weighted sums."""
    return 4 * queries * keys * dims


def _feed_forward(tokens: int, config: SynchformerConfig) -> int:
    return 2 * _linear(tokens, config.dims, config.growth * config.dims)


def _block(tokens: int, config: SynchformerConfig) -> int:
    """Return the operations of a plain block, in which all tokens look at all."""
    linear = _linear(tokens, config.dims, 4 * config.dims) + _feed_forward(tokens, config)
    return linear + _attention(tokens, tokens, config.dims)


def _aggregation(groups: int, members: int, config: SynchformerConfig) -> int:
    dims = config.dims
    keys = _linear(groups * members + 1, dims, 2 * dims)
    looking = groups * _attention(1, members + 1, dims) + _linear(1 + groups, dims, dims)
    return keys + looking + _feed_forward(groups, config)
