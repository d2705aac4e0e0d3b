"""What a dialect cannot say of this shoot, counted: the sentences that several dialects share.

Each function returns no sentence where nothing is lost, so that a dialect strings together those that
concern it: ``(*drift(delivery, "EDL"), *sub_frame(delivery, "EDL"))``.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from rushlock.export.delivery import Delivery
from rushlock.export.policy import Scratch
from rushlock.export.sequences import has_recorder, led_by_picture, sequences
from rushlock.offsets.av_offset import lag_words
from rushlock.placements.sync_map import Status
from rushlock.timeline.events import Event

_HALF = Fraction(1, 2)


def counted(number: int, one: str, many: str = "") -> str:
    """Return "1 clip" or "3 clips"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def synced_events(delivery: Delivery) -> Iterator[Event]:
    """Yield every event that has a place, as the policies leave it."""
    for sequence in sequences(delivery):
        for row in sequence.plan.rows:
            if row.synced:
                yield from row.events


def drift(delivery: Delivery, dialect: str) -> tuple[str, ...]:
    """Say how many clips drift by more than half a frame until they end."""
    over = _clips(event for event in synced_events(delivery) if drift_frames(event) > _HALF)
    if not over:
        return ()
    verb = "drifts" if over == 1 else "drift"
    return (
        f"{counted(over, 'clip')} {verb} by more than half a frame until the end: {dialect} cannot say so",
    )


def drift_frames(event: Event) -> float:
    """Return by how many timeline frames drift moves an event's end, as a positive number."""
    return abs(event.frames * (event.placement.rate - 1.0))


def sub_frame(delivery: Delivery, dialect: str) -> tuple[str, ...]:
    """Say that sound alone is moved to whole frames."""
    rate = delivery.timeline_rate
    moved = _clips(
        event
        for event in synced_events(delivery)
        if not event.source.picture
        and event.place is not None
        and event.place != rate.seconds_of(event.record)
    )
    if not moved:
        return ()
    return (
        f"{counted(moved, 'recording')} of sound alone, moved to the nearest frame "
        f"(at most {float(rate.frame_seconds) * 500:.0f} ms): {dialect} places whole frames",
    )


def other_rates(delivery: Delivery, dialect: str) -> tuple[str, ...]:
    """Say how many clips run at another rate than the timeline."""
    rate = delivery.timeline_rate
    odd = _clips(
        event for event in synced_events(delivery) if event.source.picture and event.source.rate != rate
    )
    if not odd:
        return ()
    return (f"{counted(odd, 'clip')} at another rate than the timeline's {rate}: {dialect} cannot say so",)


def confidence(delivery: Delivery, dialect: str) -> tuple[str, ...]:
    """Say that reasons and confidences of doubtful clips stay behind."""
    doubtful = sum(p.status is Status.REVIEW for p in delivery.sync_map.placements)
    if not doubtful:
        return ()
    return (f"why {counted(doubtful, 'clip')} should be reviewed: {dialect} has no place for it",)


def silence(delivery: Delivery) -> tuple[str, ...]:
    """Say that dropping or muting camera sound leaves nothing to hear."""
    if delivery.policy.scratch is Scratch.KEPT or has_recorder(delivery):
        return ()
    return (
        f"the timeline is silent: camera sound is {delivery.policy.scratch.value} and there is no recorder",
    )


def own_sound(delivery: Delivery) -> tuple[str, ...]:
    """Say whose own sound does not lie where it belongs, because picture and sound of a file move as one."""
    led = led_by_picture(delivery)
    if not led or delivery.policy.scratch is Scratch.DROPPED:
        return ()
    told = [t for p in delivery.sync_map.placements if p.clip in led and (t := p.own_sound) is not None]
    most = lag_words(max((t.seconds for t in told), key=abs))
    switched = ", and is switched off" if has_recorder(delivery) else ""
    verb = "lies" if len(led) == 1 else "lie"
    return (
        f"the own sound of {counted(len(led), 'clip')} {verb} up to {most} beside its place, where the "
        f"picture leads{switched}; synced sound (.wav) has it in its place",
    )


def _clips(events: Iterable[Event]) -> int:
    return len({event.clip.key for event in events})
