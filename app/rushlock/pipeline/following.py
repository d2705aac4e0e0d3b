"""The stage in which a network follows sound and picture along a clip, or along two that share time.

What it said is kept by the clips' content, the weights' digest, the supposed delay and the pace, so that a
second look neither loads the network nor decodes anything.
"""

from rushlock.base.progress import CancelToken, Stage
from rushlock.base.settings import Settings
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache
from rushlock.features.segments import VERSION as SEGMENTS_VERSION
from rushlock.media.clip import Clip
from rushlock.offsets.heads.following import Followed, Pace, follow
from rushlock.pipeline.net_choice import NetChoice
from rushlock.pipeline.recordings import recording_of

VERSION = "followed-1"
"""Part of the cache key: change it with anything that changes what is asked."""


def followed(
    choice: NetChoice,
    seen: Clip,
    heard: Clip,
    settings: Settings,
    cache: Cache,
    token: CancelToken,
    *,
    delay: float = 0.0,
    span: tuple[float, float] = (0.0, float("inf")),
) -> Stage[Followed]:
    """Return what a network says of windows along a clip, at the settings' pace.

    Args:
        choice: The network; loaded only if nothing is kept.
        seen: Has pictures.
        heard: Has sound; it may be the same clip.
        settings: Their ``window_hop`` and ``window_history``.
        cache: Where answers and embedded segments are kept.
        token: Checked at every window.
        delay: The sound's start minus the picture's start on the picture's clock, as supposed, seconds.
        span: Between which clip times of the picture windows may begin, seconds.

    Raises:
        MediaError: A file cannot be read, or lacks picture or sound.
        ModelError: The weights cannot be used.
    """
    pace = Pace.of(settings)
    about = (delay, pace.hop, pace.history, *span)
    key = digest(VERSION, SEGMENTS_VERSION, choice.digest, seen.key, heard.key, *about)
    held = cache.arrays(key)
    if held is not None:
        return Followed(held["times"], held["offsets"], held["alone"], held["together"])
    net = choice.open()
    shown = recording_of(seen, net, cache, token, pictures=True, sound=False)
    sounding = recording_of(heard, net, cache, token, pictures=False, sound=True)
    found = yield from follow(net, shown, sounding, delay, pace, token, span=span)
    arrays = {
        "times": found.times,
        "offsets": found.offsets,
        "alone": found.alone,
        "together": found.together,
    }
    cache.store_arrays(key, arrays)
    return found
