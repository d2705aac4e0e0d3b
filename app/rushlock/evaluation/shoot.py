"""Renders a plan into files: one folder per camera, ``truth.json`` beside.

Time runs once through each event in blocks of 1.4 s; all clips that record at that moment take their part, so
that a source is made once whatever the number of microphones, and memory does not grow with length.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.rate import FrameRate
from rushlock.evaluation.acoustics import BLOCK, Air, WayCache, Ways, mean_travel
from rushlock.evaluation.clocks import TAPS, ClockReader
from rushlock.evaluation.labels import Labels, timecode_at
from rushlock.evaluation.microphones import Channels, Microphone, SilentMicrophone
from rushlock.evaluation.pictures import VARIABLE_TICKS, PictureTake
from rushlock.evaluation.plan import CameraPlan, ClipPlan, EventPlan, ShootPlan
from rushlock.evaluation.scene.blocks import SAMPLE_RATE, seed_for
from rushlock.evaluation.scene.ltc import LinearTimecode
from rushlock.evaluation.truth import ClipTruth, Truth, write_truth
from rushlock.evaluation.writers import MediaWriter, PictureFormat, open_writer

_DAY_OF_SHOOT = datetime(2026, 3, 14, tzinfo=UTC)
_LEAST_OVERLAP = 1.0


@dataclass(frozen=True)
class Shoot:
    """A rendered shoot."""

    folder: Path
    truth: Truth
    seconds: float


def render(plan: ShootPlan, folder: Path, token: CancelToken) -> Stage[Shoot]:
    """Render all clips of a plan below a folder.

    Args:
        plan: What to shoot.
        folder: Made if need be; a folder for each camera comes into it.
        token: Checked for every block.

    Returns:
        The shoot, with its truth, which is also written to ``truth.json``.
    """
    for camera in plan.cameras:
        (folder / camera.name).mkdir(parents=True, exist_ok=True)
    travel: dict[str, float] = {}
    done = 0.0
    for event in plan.events:
        for take in _shoot_event(plan, event, folder, token):
            path = plan.relative_path(take.clip)
            travel[path] = take.travel()
            done += take.clip.seconds
            yield Progress("Shooting", done / 60, plan.seconds / 60, path, "min of sound")
    truth = Truth(plan.name, plan.seed, plan.day_start, clip_truths(plan, travel))
    write_truth(truth, folder)
    return Shoot(folder, truth, plan.seconds)


def _shoot_event(plan: ShootPlan, event: EventPlan, folder: Path, token: CancelToken) -> Iterator["Take"]:
    """Run through an event and yield each take when its file is finished."""
    air, cache = Air(event, plan.seed), WayCache()
    waiting = sorted((c for c in plan.clips if c.event == event.name), key=lambda c: c.start, reverse=True)
    running: list[Take] = []
    index = 0
    try:
        while waiting or running:
            token.check()
            if not running:
                index = max(index, Take.first_block(waiting[-1]))
            while waiting and Take.first_block(waiting[-1]) <= index:
                running.append(Take(plan, event, waiting.pop(), folder, cache))
            air.at_block(index)
            for take in list(running):
                take.listen(air, index)
                if take.done:
                    take.finish()
                    running.remove(take)
                    yield take
            index += 1
    finally:
        for take in running:
            take.abandon()


class Take:
    """One clip while it is being recorded."""

    def __init__(
        self, plan: ShootPlan, event: EventPlan, clip: ClipPlan, folder: Path, cache: WayCache
    ) -> None:
        """Open the file and get ready to listen."""
        camera = plan.camera(clip.camera)
        self.clip, self._event, self._place = clip, event, plan.microphone_place(clip)
        clock, seed = plan.clock(clip), seed_for(plan.seed, clip.camera, clip.name)
        rate, total = camera.sample_rate, round(clip.seconds * camera.sample_rate)
        low, high = camera.microphone.band
        band = (low, min(high, 0.46 * rate))
        self._ways: Ways = cache.ways(event, self._place, band, seed_for(plan.seed, clip.camera))
        self._reader = ClockReader(clock, rate, total)
        self._microphone = (
            SilentMicrophone(seed)
            if clip.silent
            else Microphone(camera.microphone, self._ways.signal_power, rate, clip.seconds, seed)
        )
        labels = _labels(plan, camera, clip)
        self._channels = Channels(camera.channels, rate, _linear_timecode(plan, camera, clip))
        path = folder / plan.relative_path(clip)
        self._writer = open_writer(path, rate, len(camera.channels), total, labels, _picture_format(camera))
        self._pictures = (
            PictureTake(event, camera.picture, self._place, clock, clip.seconds, seed)
            if camera.picture
            else None
        )
        self._energies = [0.0] * len(event.sources)

    @staticmethod
    def first_block(clip: ClipPlan) -> int:
        """Return the first block that a clip needs."""
        return (int(clip.start * SAMPLE_RATE) - TAPS) // BLOCK

    @property
    def done(self) -> bool:
        """Whether the last sample was taken."""
        return self._reader.done

    def listen(self, air: Air, index: int) -> None:
        """Take this block's part of the clip."""
        arrived = air.arrived(self._ways)
        sound = self._reader.take(index * BLOCK, arrived)
        self._energies = [sum(pair) for pair in zip(self._energies, air.energies(), strict=True)]
        if len(sound):
            self._writer.write(self._channels.lay(self._microphone.hear(sound)))
        if self._pictures and isinstance(self._writer, MediaWriter):
            self._pictures.shoot_until(self._reader.seconds_taken, self._writer.write_frame)

    def travel(self) -> float:
        """Return the mean travel time of the loudest sources while this clip ran."""
        return mean_travel(self._event, self._place, self._energies)

    def finish(self) -> None:
        """Finish the file."""
        self._writer.close()

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._writer.abandon()


def _picture_format(camera: CameraPlan) -> PictureFormat | None:
    picture = camera.picture
    if picture is None:
        return None
    ticks = VARIABLE_TICKS if picture.variable else picture.rate.fps.numerator
    return PictureFormat(picture.width, picture.height, picture.rate, ticks)


def _device_time(plan: ShootPlan, clip: ClipPlan, ahead: float) -> float:
    """Return what a device's clock shows at a clip's start, seconds after midnight."""
    return plan.day_start + clip.start + ahead


def _labels(plan: ShootPlan, camera: CameraPlan, clip: ClipPlan) -> Labels:
    shown = None if camera.timecode_error is None else _device_time(plan, clip, camera.timecode_error)
    timecode = None
    if shown is not None:
        rate = camera.picture.rate if camera.picture else FrameRate.parse("25")
        timecode = timecode_at(shown, rate, camera.picture is not None and camera.picture.drop)
    created = _DAY_OF_SHOOT + timedelta(seconds=round(_device_time(plan, clip, camera.creation_error)))
    return Labels(
        clip=clip.name,
        reel=camera.name,
        timecode=timecode,
        day_seconds=shown,
        created=created,
        model=camera.model or "Rushlock generator",
        scene=clip.event,
        take="1",
        channel_names=tuple(str(channel) for channel in camera.channels),
    )


def _linear_timecode(plan: ShootPlan, camera: CameraPlan, clip: ClipPlan) -> LinearTimecode:
    start = timecode_at(_device_time(plan, clip, camera.timecode_error or 0.0), FrameRate.parse("25"), False)
    return LinearTimecode(start, camera.sample_rate)


def clip_truths(plan: ShootPlan, travel: dict[str, float]) -> dict[str, ClipTruth]:
    """Return the truth about each clip by its path.

    Args:
        plan: The shoot.
        travel: Mean travel time of each clip by path; 0 where missing.
    """
    return {plan.relative_path(clip): _clip_truth(plan, clip, travel) for clip in plan.clips}


def _clip_truth(plan: ShootPlan, clip: ClipPlan, travel: dict[str, float]) -> ClipTruth:
    camera, clock = plan.camera(clip.camera), plan.clock(clip)
    silent = clip.silent or "mic" not in camera.channels
    shared = max((overlap(plan, clip, other) for other in plan.clips), default=0.0)
    return ClipTruth(
        camera=clip.camera,
        event=clip.event,
        start=clip.start,
        pieces=tuple((piece.since, piece.start, piece.rate) for piece in clock.pieces),
        seconds=clip.seconds,
        rate=clock.rate,
        travel=travel.get(plan.relative_path(clip), 0.0),
        silent=silent,
        overlaps=not silent and shared >= _LEAST_OVERLAP,
        overlap=0.0 if silent else max(shared, 0.0),
        timecode_error=camera.timecode_error,
        frame_rate=str(camera.picture.rate.fps) if camera.picture else None,
        difficulty={"snr_db": camera.microphone.snr_db, "ppm": camera.ppm},
    )


def overlap(plan: ShootPlan, a: ClipPlan, b: ClipPlan) -> float:
    """Return the true seconds that both clips could hear: 0 in different places or where one is deaf."""
    deaf = b.silent or "mic" not in plan.camera(b.camera).channels
    if a.camera == b.camera or a.event != b.event or deaf:
        return 0.0
    first, second = plan.clock(a), plan.clock(b)
    return min(first.at(a.seconds), second.at(b.seconds)) - max(a.start, b.start)
