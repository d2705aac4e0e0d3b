import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rushlock.media.fingerprint as module
from rushlock.base.errors import MediaError
from rushlock.media.fingerprint import BLOCK_BYTES, WHOLE_BYTES, fingerprint, sampled


def test_name_and_place_do_not_matter(tmp_path):
    first, second = tmp_path / "a.mov", tmp_path / "b.wav"
    first.write_bytes(b"same" * 1000)
    second.write_bytes(b"same" * 1000)
    assert fingerprint(first) == fingerprint(second)


@pytest.mark.parametrize("place", [0, 5000, -1])
def test_any_byte_of_a_small_file_matters(tmp_path, place):
    path = tmp_path / "a"
    content = bytearray(10_000)
    path.write_bytes(content)
    before = fingerprint(path)
    content[place] = 1
    path.write_bytes(content)
    assert fingerprint(path) != before


def test_size_matters_where_the_content_is_alike(tmp_path):
    path = tmp_path / "a"
    prints = set()
    for size in (0, 1, WHOLE_BYTES, WHOLE_BYTES + 1, 2 * WHOLE_BYTES):
        path.write_bytes(bytes(size))
        prints.add(fingerprint(path))
    assert len(prints) == 5


@given(st.integers(0, 1 << 44))
def test_samples_lie_within_the_file_and_hold_its_head_and_tail(size):
    blocks = sampled(size)
    assert blocks[0][0] == 0
    assert blocks[-1][0] + blocks[-1][1] == size
    assert all(offset >= 0 and offset + length <= size for offset, length in blocks)
    assert sum(length for _, length in blocks) <= max(WHOLE_BYTES, 6 * BLOCK_BYTES)


def test_a_file_that_shrinks_while_it_is_read_is_told(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_bytes(bytes(3 * WHOLE_BYTES))
    blocks = module.sampled

    def cut_while_read(size):
        os.truncate(path, WHOLE_BYTES)
        return blocks(size)

    monkeypatch.setattr(module, "sampled", cut_while_read)
    with pytest.raises(MediaError, match="shorter while it was read"):
        fingerprint(path)
