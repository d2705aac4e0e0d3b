from hypothesis import given
from hypothesis import strategies as st

from rushlock.cache.keys import digest

parts = st.lists(
    st.text() | st.binary() | st.integers() | st.floats(allow_nan=False).filter(lambda x: x != 0), max_size=4
)


def typed(values):
    return [(type(value), value) for value in values]


@given(parts, parts)
def test_digests_are_equal_exactly_when_the_parts_are(one, other):
    assert (digest(*one) == digest(*other)) == (typed(one) == typed(other))


def test_parts_do_not_run_together():
    assert digest("ab", "c") != digest("a", "bc") != digest("abc")
    assert len({digest(1), digest(1.0), digest("1"), digest(b"1")}) == 4


def test_a_digest_never_changes_between_releases():
    assert digest("sound", 3, 0.5, b"\x00") == "58c31ebfac5bef1656912d5604179a36f185d2f0"


def test_undecodable_file_names_have_a_digest():
    assert digest("A001\udcff.mov") != digest("A001.mov")
