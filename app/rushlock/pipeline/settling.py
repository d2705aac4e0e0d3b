"""Placing anew after a decision, from what the last run left: nothing is decoded, heard or seen again.

A thousand clips settle in about a second, so the window does it after every decision. What the user decided
stays; its neighbours go where their estimates now put them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.settings import Settings
from rushlock.media.clip import Clip
from rushlock.placements.decisions import Decision
from rushlock.placements.grounds import Grounds
from rushlock.placements.moves import carried_on
from rushlock.placements.own_sound import with_own_sound
from rushlock.placements.place import place
from rushlock.placements.sync_map import SyncMap


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What is to be placed anew.

    Attributes:
        clips: All clips, of the cameras that the user gave them to. Those that the last run did not see are
            left out: nothing is known of them.
        before: The placements so far.
        decisions: What the user decided by now, by clip key.
        settings: Bars for synced and review.
        master: Key of the clip that its group's clock shall run straight against; empty: the longest.
    """

    clips: Sequence[Clip]
    before: SyncMap
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    master: str = ""


def settle(what: Unsettled, grounds: Grounds, token: CancelToken) -> Stage[SyncMap]:
    """Place clips anew and return the map that follows the one before.

    Args:
        what: Clips, the map so far and the decisions.
        grounds: What the last run knew.
        token: Checked between the steps, each of which takes a fraction of a second.
    """
    clips = [clip for clip in what.clips if clip.key in grounds.unheard]
    yield Progress("Settling", 0, len(clips))
    token.check()
    placed = place(
        clips, grounds.unheard, grounds.estimates, what.decisions, what.settings, master=what.master
    )
    token.check()
    settled = carried_on(what.before, placed, {key for key, d in what.decisions.items() if d.holds})
    yield Progress("Settling", len(clips), len(clips))
    told = {p.clip: p.own_sound for p in what.before.placements if p.own_sound is not None}
    return with_own_sound(settled, told, {clip.key: clip.camera for clip in clips})
