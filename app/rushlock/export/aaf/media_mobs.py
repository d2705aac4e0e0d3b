"""Master, file and tape mobs of the media: a master for each file, a tape for each reel.

Decisions:
    * A tape is counted from label 00:00:00:00 for a whole day; a file begins on it at its source timecode.
    * Sound alone is counted in frames of the timeline, as Avid counts sound; its label is the one under way
      at the first sample.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from aaf2.mobid import MobID

from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.export.aaf import parts
from rushlock.export.aaf.descriptors import descriptor
from rushlock.export.aaf.identity import mob_id, own_umid, recorded
from rushlock.export.reels import reel_key, tape_name
from rushlock.media.clip import Clip, MediaFile
from rushlock.placements.sync_map import Placement
from rushlock.timeline.nle_metadata import channels_of
from rushlock.timeline.source import Source, source_of


@dataclass(frozen=True, slots=True)
class Counted:
    """A file in whole frames: start label and length."""

    start: Timecode
    length: int


@dataclass(frozen=True, slots=True)
class Media:
    """One file that is in a sequence, and the clip and placement it belongs to."""

    clip: Clip
    file: MediaFile
    placement: Placement


class MediaMobs:
    """Makes the mobs of files; ``attach`` puts all into the AAF at the end, which is quicker."""

    def __init__(self, aaf: parts.Made, media: Sequence[Media], rate: FrameRate, *, drop: bool) -> None:
        """Prepare; ``rate`` and ``drop`` are the timeline's."""
        self._aaf, self._rate, self._drop = aaf, rate, drop
        self._tapes: dict[tuple[object, ...], parts.Made] = {}
        self._made: list[parts.Made] = []
        self._masters: dict[str, MobID] = {}
        umids = [own_umid(one.file) for one in media]
        self._shared = {str(umid) for umid in umids if umid is not None and umids.count(umid) > 1}

    def master_of(self, file: MediaFile) -> MobID:
        """Return the identity of a file's master mob."""
        return self._masters[file.fingerprint]

    def add(self, media: Media) -> None:
        """Make the mobs of a file."""
        file, source = media.file, source_of(media.file)
        counted = self._counted(source)
        tape = self._tape(media, source, counted)
        made = parts.mob(
            self._aaf, "SourceMob", file.path.name, mob_id("file", file.fingerprint), recorded(file)
        )
        made.descriptor = descriptor(self._aaf, file, source)
        self._add_tracks(made, source, file, tape.mob_id, counted.start.wrapped().frames)
        master = parts.mob(self._aaf, "MasterMob", file.path.name, self._identity(file), recorded(file))
        self._add_tracks(master, source, file, made.mob_id, 0)
        parts.add_comments(master, _columns(media))
        self._masters[file.fingerprint] = master.mob_id
        self._made += [made, master]

    def attach(self) -> None:
        """Put all mobs made so far into the AAF."""
        self._aaf.content.mobs.extend([*self._tapes.values(), *self._made])

    def _identity(self, file: MediaFile) -> MobID:
        umid = own_umid(file)
        if umid is None or str(umid) in self._shared:
            return mob_id("master", file.fingerprint)
        return umid

    def _counted(self, source: Source) -> Counted:
        if source.picture:
            return Counted(source.timecode, source.length)
        start = self._rate.frame_at(source.rate.seconds_of(source.start), "floor")
        length = self._rate.frame_at(source.rate.seconds_of(source.length), "floor")
        return Counted(Timecode(start, self._rate, self._drop), max(1, length))

    def _add_tracks(self, to: parts.Made, source: Source, file: MediaFile, of: MobID, first: int) -> None:
        """Give a mob a slot for the picture and one for each channel, each showing another mob's like."""
        counted = self._counted(source)
        rate = counted.start.rate
        slots = [(parts.PICTURE, parts.PICTURE_SLOT, 1)] if source.picture else []
        if source.sound:
            slots += [(parts.SOUND, *numbers) for numbers in parts.sound_slots(channels_of(file))]
        for kind, slot, track in slots:
            clip = parts.shown(self._aaf, kind, of, slot, first, counted.length)
            name = f"{'V' if kind == parts.PICTURE else 'A'}{track}"
            parts.add_slot(self._aaf, to, slot, rate, clip, track=track, name=name)

    def _tape(self, media: Media, source: Source, counted: Counted) -> parts.Made:
        start = counted.start
        reel = reel_key(media.clip, media.file)
        key = (*reel, str(start.rate), str(start.drop))
        if key not in self._tapes:
            self._tapes[key] = self._new_tape(key, media.file, start)
        tape = self._tapes[key]
        there = {slot.slot_id for slot in tape.slots}
        wanted = [(parts.PICTURE, parts.PICTURE_SLOT)] if source.picture else []
        if source.sound:
            wanted += [(parts.SOUND, slot) for slot, _ in parts.sound_slots(channels_of(media.file))]
        for kind, slot in wanted:
            if slot not in there:
                empty = parts.shown(self._aaf, kind, None, 0, 0, start.frames_per_day)
                parts.add_slot(self._aaf, tape, slot, start.rate, empty)
        return tape

    def _new_tape(self, key: tuple[str, ...], file: MediaFile, start: Timecode) -> parts.Made:
        tape = parts.mob(self._aaf, "SourceMob", tape_name(file), mob_id("tape", *key), recorded(file))
        tape.descriptor = self._aaf.create.TapeDescriptor()
        code = self._aaf.create.Timecode(start.rate.timebase, drop=start.drop, length=start.frames_per_day)
        # Without a track number Media Composer and Resolve read the source timecode as 0.
        parts.add_slot(self._aaf, tape, parts.TIMECODE_SLOT, start.rate, code, track=1, name="TC1")
        return tape


def _columns(media: Media) -> dict[str, str]:
    """Return what a bin shows of a master clip in columns of its own."""
    file, placement = media.file, media.placement
    return {
        "Camera": media.clip.camera,
        "Source Path": str(file.path),
        "Scene": file.scene,
        "Take": file.take,
        "Sync Status": placement.status.value,
        "Sync Confidence": f"{placement.confidence:.4f}",
        "Sync Offset": "" if placement.start is None else f"{placement.start:.6f}",
        "Sync Drift": "" if placement.start is None else f"{placement.drift_ppm:.3f} ppm",
        "Comments": placement.reason,
    }
