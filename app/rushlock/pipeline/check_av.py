"""Rushes in, out comes whether each clip's own sound is in step with its picture: a run for that only.

Clips are heard and tied by sound, for other cameras are the best witnesses; no picture is compared to place
anything, and nothing is written.
"""

from dataclasses import dataclass, replace

from rushlock.base.errors import RushlockError
from rushlock.base.progress import CancelToken, Stage
from rushlock.cache.store import Cache, open_default
from rushlock.features.heard import HeardTrack
from rushlock.features.hearing import hear_all
from rushlock.media.catalogue import catalogue
from rushlock.media.clip import Clip, Unreadable
from rushlock.offsets.av_offset import AvOffset
from rushlock.offsets.compare import compare_all
from rushlock.pipeline.doubts import Known
from rushlock.pipeline.net_choice import Choose, chosen_net
from rushlock.pipeline.own_sound import check_own_sound
from rushlock.pipeline.probing import cached_probe
from rushlock.pipeline.request import SyncRequest
from rushlock.pipeline.workers import workers
from rushlock.placements.place import place
from rushlock.placements.words import all_unheard


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    Attributes:
        clips: All clips that have both sound and picture.
        unreadable: Files that could not be used.
        told: Of each clip, by its key.
    """

    clips: tuple[Clip, ...]
    unreadable: tuple[Unreadable, ...]
    told: dict[str, AvOffset]


def check_av(
    request: SyncRequest, token: CancelToken, cache: Cache | None = None, choose_net: Choose = chosen_net
) -> Stage[Checked]:
    """Return how late the own sound of every clip is that has sound and picture.

    Args:
        request: Where the rushes lie.
        token: Checked all along.
        cache: Where results are kept; the user's own if not given.
        choose_net: Says which network has a say; the one that the settings mean if not given.
    """
    settings = replace(request.settings, own_sound="all")
    cache = cache or open_default(settings)
    found = yield from catalogue(request.paths, request.cameras, cached_probe(cache), token)
    clips = request.grouped(found.clips)
    with workers(settings.workers) as pool:
        heard = yield from hear_all(clips, cache, pool, token)
        tracks = {k: t for k, t in heard.items() if isinstance(t, HeardTrack)}
        troubles = {k: str(t) for k, t in heard.items() if isinstance(t, RushlockError)}
        estimates = yield from compare_all(clips, tracks, settings, cache, pool, token)
        unheard = all_unheard(clips, tracks, troubles)
        sync_map = place(clips, unheard, estimates, request.decisions, settings, master=request.master)
        known = Known(clips, tracks, troubles, estimates, sync_map, request.decisions)
        told = yield from check_own_sound(known, settings, cache, pool, token, choose_net)
    both = tuple(c for c in clips if c.key in told)
    return Checked(both, found.unreadable, told)
