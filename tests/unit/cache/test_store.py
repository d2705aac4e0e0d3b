import errno
import logging
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from rushlock.base.settings import Settings
from rushlock.cache import store as store_module
from rushlock.cache.entries import opened, packed, sealed, unpacked
from rushlock.cache.store import Cache, open_default

MIB = 2**20


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache", 64 * MIB)


def files_of(cache):
    return [path for path in cache.folder.rglob("*") if path.is_file()]


def bytes_of(cache):
    return sum(path.stat().st_size for path in files_of(cache))


@given(
    st.dictionaries(
        st.text(), npst.arrays(npst.scalar_dtypes(), npst.array_shapes(min_dims=0, min_side=0)), max_size=3
    )
)
def test_arrays_come_back_with_their_names_types_shapes_and_values(arrays):
    back = unpacked(packed(arrays))
    assert list(back) == list(arrays)
    for name, array in arrays.items():
        assert back[name].dtype == array.dtype
        assert back[name].shape == array.shape
        assert back[name].tobytes() == array.tobytes()


def test_what_was_stored_is_read_by_another_cache_on_the_same_folder(cache):
    cache.store_arrays("a", {"file": np.arange(6, dtype=np.float16).reshape(2, 3).T, "rate": np.array(100)})
    cache.store_text("a", "reel é \udcff")
    other = Cache(cache.folder, cache.limit_bytes)
    assert other.text("a") == "reel é \udcff"
    assert np.array_equal(other.arrays("a")["file"], np.arange(6).reshape(2, 3).T)
    assert other.arrays("b") is None
    assert other.text("b") is None


def test_a_key_that_looks_like_a_path_stays_inside_the_folder(cache):
    cache.store_text("../../escaped", "x")
    assert cache.text("../../escaped") == "x"
    assert all(path.parent.parent == cache.folder for path in files_of(cache))


def test_objects_are_refused_not_pickled(cache):
    with pytest.raises(ValueError, match="Object"):
        cache.store_arrays("a", {"x": np.array([{}])})


@settings(max_examples=60)
@given(st.data())
def test_any_truncation_or_flipped_bit_makes_an_entry_count_as_absent(data):
    entry = sealed(packed({"x": np.arange(20)}))
    assert opened(entry) is not None
    assert opened(entry[: data.draw(st.integers(0, len(entry) - 1))]) is None
    damaged = bytearray(entry)
    damaged[data.draw(st.integers(0, len(entry) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert opened(bytes(damaged)) is None


def test_a_damaged_entry_is_absent_and_taken_away(cache):
    cache.store_arrays("a", {"x": np.zeros(1000)})
    (path,) = files_of(cache)
    path.write_bytes(path.read_bytes()[:500])
    assert cache.arrays("a") is None
    assert not path.exists()
    assert cache.trouble == ""


def test_the_folder_never_outgrows_its_limit(tmp_path):
    cache = Cache(tmp_path, 4 * MIB)
    for number in range(100):
        cache.store_arrays(str(number), {"x": np.zeros(MIB // 10, np.uint8)})
        assert bytes_of(cache) <= 4 * MIB + 1000
    assert bytes_of(cache) > 3 * MIB


def test_what_was_used_longest_ago_goes_first(tmp_path):
    cache = Cache(tmp_path, MIB)
    for number in range(8):
        cache.store_arrays(str(number), {"x": np.zeros(MIB // 10, np.uint8)})
    for age, path in enumerate(sorted(files_of(cache), key=lambda p: p.stat().st_mtime_ns, reverse=True)):
        os.utime(path, (time.time() - 100 - age,) * 2)
    assert cache.arrays("0") is not None  # the oldest, but just used
    for number in range(8, 12):
        cache.store_arrays(str(number), {"x": np.zeros(MIB // 10, np.uint8)})
    assert cache.arrays("0") is not None
    assert cache.arrays("11") is not None
    assert cache.arrays("1") is None


def test_short_runs_that_each_write_little_do_not_let_the_folder_grow_for_ever(tmp_path):
    for number in range(400):
        Cache(tmp_path, MIB).store_arrays(str(number), {"x": np.zeros(MIB // 100, np.uint8)})
    # A run sweeps with a chance of 1/5 here, so 100 runs without one have a chance of 2e-10.
    assert bytes_of(Cache(tmp_path, MIB)) <= 2 * MIB


def test_folders_are_walked_once_in_a_while_not_at_every_store(tmp_path, monkeypatch):
    walks = []
    monkeypatch.setattr(store_module, "sweep", lambda *_: walks.append(1))
    cache = Cache(tmp_path, MIB)
    for number in range(1000):
        cache.store_text(str(number), "x" * 1000)
    assert len(walks) <= 1_000_000 / (MIB / 20) + 1


def test_an_abandoned_half_written_file_is_swept_and_a_fresh_one_is_not(tmp_path):
    cache = Cache(tmp_path, MIB)
    cache.store_text("a", "x")
    old, fresh = (files_of(cache)[0].parent / name for name in ("old.part", "fresh.part"))
    for path in (old, fresh):
        path.write_bytes(b"x")
    os.utime(old, (time.time() - 7200,) * 2)
    store_module.sweep(cache.folder, MIB)
    assert not old.exists()
    assert fresh.exists()


def test_an_entry_larger_than_the_limit_is_not_kept_and_a_limit_of_nothing_keeps_nothing(tmp_path):
    small, none = Cache(tmp_path / "small", 1000), Cache(tmp_path / "none", 0)
    small.store_text("a", "x" * 1000)
    none.store_text("a", "x")
    assert small.text("a") is none.text("a") is None
    assert not none.folder.exists()


def test_a_full_disk_is_said_once_and_the_run_goes_on(cache, monkeypatch, caplog):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    cache.store_text("before", "kept")
    with monkeypatch.context() as patch, caplog.at_level(logging.WARNING):
        patch.setattr(store_module.entries, "sealed", full)
        cache.store_text("a", "x")
        cache.store_text("b", "x")
    assert "No space left" in cache.trouble
    assert len(caplog.records) == 1
    assert cache.text("before") == "kept"
    assert cache.text("a") is None


def test_a_failed_write_leaves_no_half_file(tmp_path):
    resource = pytest.importorskip("resource")
    cache = Cache(tmp_path, MIB)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))  # a real write that really fails in the middle
    try:
        cache.store_text("a", "x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert "too large" in cache.trouble
    assert files_of(cache) == []


def test_a_file_where_the_folder_should_be_is_trouble_not_a_traceback(tmp_path):
    (tmp_path / "cache").write_text("in the way")
    cache = Cache(tmp_path / "cache", MIB)
    cache.store_text("a", "x")
    assert str(tmp_path) in cache.trouble
    assert cache.text("a") is None


def fill(folder, seed):
    cache = Cache(folder, MIB // 2)
    for number in np.random.default_rng(seed).integers(0, 40, 300):
        back = cache.arrays(str(number))
        if back is not None and not (back["x"] == number).all():
            return f"entry {number} is wrong"
        cache.store_arrays(str(number), {"x": np.full(20_000, number, np.uint8)})
    return cache.trouble


def test_processes_and_threads_share_a_folder_and_only_ever_see_whole_entries(tmp_path):
    programs = [
        subprocess.Popen(
            [sys.executable, __file__, str(tmp_path), str(seed)], stderr=subprocess.PIPE, text=True
        )
        for seed in range(2)
    ]
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(fill, [tmp_path] * 2, [7, 8])) == ["", ""]
    for program in programs:
        said = program.communicate(timeout=60)[1]
        assert program.returncode == 0, said
    assert bytes_of(Cache(tmp_path, 1)) <= MIB


def test_the_default_cache_lies_in_the_users_folder_and_is_as_large_as_the_settings_say():
    cache = open_default(Settings(cache_gib=0.5))
    assert str(cache.folder) == os.environ["RUSHLOCK_CACHE"]
    assert cache.limit_bytes == 2**29


if __name__ == "__main__":  # the other processes of the test above
    sys.exit(fill(Path(sys.argv[1]), int(sys.argv[2])) or 0)
