"""Pictures of a clip at any rate, by time stamps alone: at each instant the frame that is then shown.

Cameras drop frames, phones vary their rate, cut-off recordings lie about their length; index / fps is wrong
for all of them. An instant's picture is the last frame whose time stamp is not later, so a rate below or
above the file's own, NTSC against PAL or a variable rate need no special case. Time stamps rounded by the
container (Matroska: milliseconds) must not turn an instant on a frame's edge to the frame before: they may
lie late by one tick, a millisecond at most.

A picture counts as shown until the next one, the last one for ``HOLD_S``. Instants that show nothing (before
the picture begins, after a file broke off) are left out. Only a clip that gives nothing at all raises.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil

from av import VideoFrame

from rushlock.base.errors import MediaError
from rushlock.base.progress import CancelToken
from rushlock.media.clip import Clip, MediaFile
from rushlock.media.frame_reader import FrameReader
from rushlock.media.framing import Framer, Framing, Kind, Picture

HOLD_S = Fraction(1, 2)
"""For so long the last picture of a file stays: recorders end a chapter's picture before its sound."""


class PictureReader(FrameReader):
    """One open file: pictures at ascending instants.

    Raises:
        MediaError: The file cannot be opened or has no picture.
    """

    def __init__(
        self,
        file: MediaFile,
        framing: Framing,
        kind: Kind = "rgb24",
        *,
        threads: int = 0,
        hardware: bool = False,
    ) -> None:
        """Open the file.

        Args:
            file: What to read; its first picture stream is taken.
            framing: What size to make.
            kind: "rgb24" or "gray".
            threads: Frames decoded at the same time; 0: as many as there are cores.
            hardware: Let the graphics card decode if it can.
        """
        super().__init__(file, threads=threads, hardware=hardware)
        self._framer = Framer(framing, kind, self._stream.rotation, self.pixel)

    def shown(self, instants: Sequence[Fraction], token: CancelToken) -> Iterator[tuple[int, Picture]]:
        """Yield (place in ``instants``, picture) for every instant that shows one.

        Args:
            instants: File times in seconds, ascending.
            token: Checked at every decoded frame.
        """
        if not instants:
            return
        limits = [int((t + self._file.start + self.late) // self.tick) for t in instants]
        hold, place = int(HOLD_S / self.tick), 0
        early = ceil(1 / self._stream.rate.fps / self.tick)
        held: tuple[int, VideoFrame] | None = None
        for at, frame in self._from(limits[0], token):
            first = place
            while place < len(limits) and limits[place] < at:
                place += 1
            if held is not None:
                yield from self._same(held[1], range(first, place))
            else:  # at the very beginning the first frame may stand a little late
                near = (n for n in range(first, place) if limits[n] >= at - early)
                yield from self._same(frame, near)
            if place == len(limits):
                return
            held = at, frame
        if held is not None:
            kept = (n for n in range(place, len(limits)) if limits[n] <= held[0] + hold)
            yield from self._same(held[1], kept)

    def each(self, token: CancelToken, most: Fraction | None = None) -> Iterator[tuple[Fraction, Picture]]:
        """Yield (file time, picture) of every frame of a file just opened, in order of presentation.

        Args:
            token: Checked at every decoded frame.
            most: Of faster files only so many frames a second, evenly; None: all.
        """
        every = 1 if most is None else max(ceil(self._stream.rate.fps / most), 1)
        latest: int | None = None
        for number, (at, frame) in enumerate(self._frames(token)):
            if number % every == 0 and (latest is None or at > latest):
                latest = at
                yield at * self.tick - self._file.start, self._framer.picture(frame)

    def _same(self, frame: VideoFrame, places: Iterator[int] | range) -> Iterator[tuple[int, Picture]]:
        """Yield one picture for some places; nothing is converted where there are none."""
        picture: Picture | None = None
        for place in places:
            picture = self._framer.picture(frame) if picture is None else picture
            yield place, picture


def pictures(
    clip: Clip,
    framing: Framing,
    start: Fraction,
    rate: Fraction,
    count: int,
    token: CancelToken,
    *,
    kind: Kind = "rgb24",
    threads: int = 0,
) -> Iterator[tuple[int, Picture]]:
    """Yield (number, picture) for every instant ``start + number / rate`` of clip time that shows one.

    Runs over all chapters. Decoding happens in the caller's thread (``ahead.Ahead`` gives it one of its own)
    and in FFmpeg's. Pictures of one frame may be the same array: leave them as they are.

    Args:
        clip: Whose pictures.
        framing: What size to make.
        start: Clip time of number 0, seconds.
        rate: Instants a second.
        count: How many.
        token: Checked at every decoded frame.
        kind: "rgb24" or "gray".
        threads: Frames decoded at the same time; 0: as many as there are cores.

    Raises:
        MediaError: Nothing could be read; the reason of the first file that failed.
    """
    trouble: MediaError | None = None
    found = False
    for file, (begin, end) in zip(clip.files, _spans(clip), strict=True):
        first, last = (min(max(ceil((edge - start) * rate), 0), count) for edge in (begin, end))
        if file is clip.files[0]:
            first = 0
        if file is clip.files[-1]:
            last = count
        if first >= last:
            continue
        instants = [start + number / rate - begin for number in range(first, last)]
        try:
            with PictureReader(file, framing, kind, threads=threads) as reader:
                for place, picture in reader.shown(instants, token):
                    found = True
                    yield first + place, picture
        except MediaError as error:
            trouble = trouble or error
    if trouble is not None and not found:
        raise trouble


def frames(
    clip: Clip,
    framing: Framing,
    token: CancelToken,
    *,
    kind: Kind = "rgb24",
    most: Fraction | None = None,
    threads: int = 0,
    hardware: bool = False,
) -> Iterator[tuple[Fraction, Picture]]:
    """Yield (clip time, picture) of every frame of a clip, over all its chapters.

    Args:
        clip: Whose frames.
        framing: What size to make.
        token: Checked at every decoded frame.
        kind: "rgb24" or "gray".
        most: Of faster files only so many frames a second, evenly; None: all.
        threads: Frames decoded at the same time; 0: as many as there are cores.
        hardware: Let the graphics card decode if it can.

    Raises:
        MediaError: Nothing could be read; the reason of the first file that failed.
    """
    trouble: MediaError | None = None
    latest: Fraction | None = None
    for file, (begin, _) in zip(clip.files, _spans(clip), strict=True):
        try:
            with PictureReader(file, framing, kind, threads=threads, hardware=hardware) as reader:
                for at, picture in reader.each(token, most):
                    if latest is None or begin + at > latest:
                        latest = begin + at
                        yield latest, picture
        except MediaError as error:
            trouble = trouble or error
    if trouble is not None and latest is None:
        raise trouble


def _spans(clip: Clip) -> list[tuple[Fraction, Fraction]]:
    """Return where each file begins and ends in clip time."""
    starts = clip.chapter_starts()
    return [(at, at + file.duration) for at, file in zip(starts, clip.files, strict=True)]
