"""What a file is, as AAF describes it, with where it lies.

Probing decodes nothing: colour sampling and depth of a picture are stated as 4:2:2 of 8 bits, as Avid's own
linking does until it has opened a file.
"""

import struct

from aaf2.video import compression_ids

from rushlock.export.aaf.parts import Made
from rushlock.media.clip import MediaFile, PictureStream, SoundStream
from rushlock.timeline.nle_metadata import channels_of
from rushlock.timeline.source import Source
from rushlock.timeline.uri import uri_of

_BITS = {"pcm_u8": 8, "pcm_s24le": 24, "pcm_s24be": 24, "pcm_s32le": 32, "pcm_f32le": 32, "pcm_s32be": 32}
_COMMON_BITS = 16
_PCM, _FLOAT = 1, 3
_WAVES = frozenset(("wav", "w64"))
_PROGRESSIVE = frozenset(("", "progressive", "unknown"))


def descriptor(aaf: Made, file: MediaFile, source: Source) -> Made:
    """Return the descriptor of a file and its streams, each with a locator."""
    if not file.pictures and file.container in _WAVES:
        return _located(aaf, _wave(aaf, file), file)
    parts = [_picture(aaf, picture) for picture in file.pictures[:1]]
    parts += [_sound(aaf, sound) for sound in file.sounds]
    if len(parts) == 1:
        return _located(aaf, parts[0], file)
    whole = aaf.create.MultipleDescriptor()
    whole["SampleRate"].value = _fraction(source)
    whole["Length"].value = source.length
    whole["FileDescriptors"].value = [_located(aaf, part, file) for part in parts]
    return _located(aaf, whole, file)


def _located(aaf: Made, described: Made, file: MediaFile) -> Made:
    locator = aaf.create.NetworkLocator()
    locator["URLString"].value = uri_of(file.path)
    described["Locator"].append(locator)
    return described


def _picture(aaf: Made, picture: PictureStream) -> Made:
    made = aaf.create.CDCIDescriptor()
    rate = picture.rate.fps
    made["SampleRate"].value = f"{rate.numerator}/{rate.denominator}"
    made["Length"].value = picture.frames or round(picture.duration * rate)
    made["StoredWidth"].value = picture.width
    made["StoredHeight"].value = picture.height
    made["ImageAspectRatio"].value = f"{picture.width}/{picture.height}"
    progressive = picture.field_order in _PROGRESSIVE
    made["FrameLayout"].value = "FullFrame" if progressive else "MixedFields"
    made["VideoLineMap"].value = [0, 0] if progressive else [0, 1]
    made["ComponentWidth"].value = 8
    made["HorizontalSubsampling"].value = 2
    made["VerticalSubsampling"].value = 1
    made["Compression"].value = compression_ids["CompressedPicture"]
    return made


def _sound(aaf: Made, sound: SoundStream) -> Made:
    made = aaf.create.PCMDescriptor()
    bits = _BITS.get(sound.codec, _COMMON_BITS)
    made["SampleRate"].value = sound.sample_rate
    made["AudioSamplingRate"].value = sound.sample_rate
    made["Length"].value = round(sound.duration * sound.sample_rate)
    made["Channels"].value = sound.channels
    made["QuantizationBits"].value = bits
    made["BlockAlign"].value = sound.channels * bits // 8
    made["AverageBPS"].value = sound.sample_rate * sound.channels * bits // 8
    return made


def _wave(aaf: Made, file: MediaFile) -> Made:
    """Return a WAV file's descriptor; its summary is the file's header, made of what is known of it."""
    sound, made = file.sounds[0], aaf.create.WAVEDescriptor()
    bits, channels = _BITS.get(sound.codec, _COMMON_BITS), channels_of(file)
    length = round(sound.duration * sound.sample_rate)
    align = channels * bits // 8
    kind = _FLOAT if sound.codec.startswith("pcm_f") else _PCM
    form = struct.pack("<HHIIHH", kind, channels, sound.sample_rate, sound.sample_rate * align, align, bits)
    size = min(36 + length * align, 0xFFFFFFFF)
    header = struct.pack("<4sI4s4sI", b"RIFF", size, b"WAVE", b"fmt ", len(form)) + form
    made["SampleRate"].value = sound.sample_rate
    made["Length"].value = length
    made["Summary"].value = bytearray(header)
    return made


def _fraction(source: Source) -> str:
    rate = source.rate.fps
    return f"{rate.numerator}/{rate.denominator}"
