"""The dialect: a broadcast WAV for every recording that has a place, and a list of them.

Which recordings: the recorders', and the cameras' too where camera sound is kept. A recording that cannot be
read is named in the list with its reason; the others are written all the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rushlock.base.clock import Clock
from rushlock.base.errors import MediaError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.export.atomic import being_written, write_atomically
from rushlock.export.delivery import Delivery
from rushlock.export.dialect import Dialect, beside, unused
from rushlock.export.losses import counted
from rushlock.export.policy import ChannelNames, Scratch
from rushlock.export.sequences import sequences
from rushlock.export.synced_sound import broadcast_wave
from rushlock.export.synced_sound.stretches import Stretch, shift_of, stretches, within_day
from rushlock.media.clip import Clip
from rushlock.placements.sync_map import Placement
from rushlock.timeline.channels import channels_of
from rushlock.timeline.layout import Layout
from rushlock.timeline.printable import printable

STAGE = "Rendering sound"
_MINUTE = 60
_MIB, _GIB = 1 << 20, 1 << 30


@dataclass(frozen=True, slots=True)
class Recording:
    """One clip to be rendered, on the samples of one timeline."""

    clip: Clip
    placement: Placement
    plan: Layout
    stretches: tuple[Stretch, ...]
    sample_rate: int

    @property
    def samples(self) -> int:
        """How many there will be of each channel."""
        return self.stretches[-1].after - self.stretches[0].first

    @property
    def minutes(self) -> float:
        """Length of the result."""
        return self.samples / self.sample_rate / _MINUTE


def recordings(delivery: Delivery) -> tuple[Recording, ...]:
    """Return what is to be rendered."""
    return tuple(_recordings(delivery))


def _recordings(delivery: Delivery) -> Iterator[Recording]:
    clips = {clip.key: clip for clip in delivery.placed_clips}
    for timeline in sequences(delivery):
        for led in timeline.sync_map.placements:
            placement = delivery.sync_map.by_clip[led.clip]  # sound goes where it belongs, whoever leads
            clip = clips.get(placement.clip)
            if clip is None or placement.clock is None or not _wanted(clip, delivery):
                continue
            rate = clip.files[0].sounds[0].sample_rate
            shift = shift_of(timeline.plan, placement.group)
            found = stretches(clip, placement.clock, shift, rate)
            if found:
                yield Recording(clip, placement, timeline.plan, tuple(found), rate)


def _wanted(clip: Clip, delivery: Delivery) -> bool:
    if not clip.files[0].sounds or not clip.has_sound:
        return False
    return clip.picture is None or delivery.policy.scratch is Scratch.KEPT


def write(destination: Path, delivery: Delivery, token: CancelToken) -> Stage[tuple[Path, ...]]:
    """Write every recording and the list; return the files, the list last."""
    named = delivery.policy.channel_names is ChannelNames.IXML
    wanted = recordings(delivery)
    total, done = sum(one.minutes for one in wanted), 0.0
    written: list[Path] = []
    lines: list[str] = []
    for one in wanted:
        path = unused(beside(destination, printable(f"{one.clip.camera} {one.clip.path.stem}")), written)
        try:
            for progress in _write_one(path, one, token, named=named):
                yield Progress(STAGE, done + progress, total, one.clip.name, "min of sound")
        except MediaError as error:
            lines.append(f"not written: {error}")
        else:
            written.append(path)
            lines.append(f"{path.name}: {_what_was_done(one.placement.clock)}; {_sources(one.clip)}")
        done += one.minutes
    listed = destination.with_suffix(".txt")
    write_atomically(listed, _list(delivery, lines))
    return (*written, listed)


def _write_one(path: Path, one: Recording, token: CancelToken, *, named: bool) -> Iterator[float]:
    """Write one recording and yield how many minutes of it are done."""
    from rushlock.export.synced_sound.rendering import render  # decoders and transforms: slow to load

    labels = _labels(one, named=named)
    with being_written(path) as part, part.open("xb") as file:
        file.write(broadcast_wave.header(labels, one.sample_rate, one.samples))
        for samples in render(one.clip, one.stretches, one.sample_rate, file):
            token.check()
            yield samples / one.sample_rate / _MINUTE
        file.write(broadcast_wave.padding(one.samples, len(labels.tracks)))


def _labels(one: Recording, *, named: bool) -> broadcast_wave.Labels:
    file, plan = one.clip.files[0], one.plan
    reference = within_day(one.stretches, plan, one.sample_rate)
    return broadcast_wave.Labels(
        reference=reference,
        timecode=plan.start,
        tracks=tuple(
            channel.name if named and channel.name else f"{channel.number}" for channel in channels_of(file)
        ),
        sources=tuple(printable(file.path.name) for file in one.clip.files),
        made=_what_was_done(one.placement.clock),
        reel=file.reel,
        scene=file.scene,
        take=file.take,
        recorded=file.created,
    )


def _what_was_done(clock: Clock | None) -> str:
    """Return in words what became of a clip's clock."""
    if clock is None or (len(clock.pieces) == 1 and clock.rate == 1.0):
        return "Synced by Rushlock, samples untouched"
    steps = len(clock.pieces) - 1
    stepping = f" and {counted(steps, 'step')}" if steps else ""
    return f"Synced by Rushlock, drift of {clock.drift_ppm:+.2f} ppm{stepping} taken out"


def _sources(clip: Clip) -> str:
    return "from " + ", ".join(printable(str(file.path)) for file in clip.files)


def _list(delivery: Delivery, lines: Sequence[str]) -> str:
    title = f"Synced sound of {printable(delivery.name)}"
    flat = [" ".join(line.splitlines()) for line in lines] or ["There is no recording to write."]
    return "\n".join([title, "", *flat]) + "\n"


def shoot_losses(delivery: Delivery) -> tuple[str, ...]:
    """Return what will be written, for it may be much, and what will not."""
    wanted = recordings(delivery)
    size = sum(one.samples * len(channels_of(one.clip.files[0])) * broadcast_wave.BYTES for one in wanted)
    said = [f"{counted(len(wanted), 'recording')} will take {_weight(size)}"] if wanted else []
    quiet = delivery.policy.scratch is not Scratch.KEPT
    if quiet and any(clip.picture and clip.has_sound for clip in delivery.placed_clips):
        said.append("camera sound is not written: only recorders' is wanted")
    return tuple(said)


def _weight(size: int) -> str:
    """Return how much room bytes take, never nothing."""
    return f"{size / _GIB:.1f} GiB" if size >= _GIB else f"{-(-size // _MIB)} MiB"


DIALECT = Dialect(
    name="Synced sound",
    suffix=".wav",
    readers="anything that reads broadcast WAV",
    carries="all channels at their own sample rate, drift taken out, place to the sample by bext and iXML",
    loses="bits beyond 24; recordings without a place",
    writer=write,
    losses=shoot_losses,
    steps=(
        "Bring the .wav files into the NLE as sound; each carries the timeline's timecode.",
        "Lay them by timecode. DaVinci Resolve: Auto Sync Audio Based on Timecode.",
        "Media Composer: AutoSync by Source Timecode. Premiere Pro: Synchronize by Timecode.",
        "Use them in place of the recorder's own files: the ends stay in sync, too.",
    ),
)
