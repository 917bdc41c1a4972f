"""Mapped text: whatever is done to it, every character keeps its way back to the source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.mapped import MappedText

SOURCE = st.text(st.sampled_from("两癌筛查10500人 　\n，。"), min_size=1, max_size=40)


@given(SOURCE, st.data())
def test_what_is_cut_joined_and_kept_stands_where_it_stood(source: str, data: st.DataObject) -> None:
    whole = MappedText.identity(source)
    cut = sorted(data.draw(st.lists(st.integers(0, len(source)), max_size=6)))
    pieces = [whole[start:end] for start, end in zip([0, *cut], [*cut, len(source)], strict=True)]
    assert MappedText.join(pieces) == whole
    kept = whole.keep(lambda at: source[at].isdigit())
    for text in (kept, whole.strip(), *pieces):
        assert all(source[start:end] == one for one, start, end in zip(text.text, text.starts, text.ends, strict=True))


@given(SOURCE, st.data())
def test_what_is_replaced_stands_for_all_that_it_replaced(source: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.sets(st.integers(0, len(source)), max_size=6)))
    spans = [(start, end, data.draw(st.text(max_size=3))) for start, end in zip(ends[::2], ends[1::2], strict=False)]
    made = MappedText.identity(source).replace_spans(spans)
    assert MappedText.from_runs(made.text, made.runs()) == made
    assert list(made.starts) == sorted(made.starts) and list(made.ends) == sorted(made.ends)
    for start, end, new in spans:
        if new:
            assert any((s, e) == (start, end) for s, e in zip(made.starts, made.ends, strict=True))
    untouched = set(range(len(source))) - {at for start, end, _ in spans for at in range(start, end)}
    covered = {at for s, e in zip(made.starts, made.ends, strict=True) for at in range(s, e)}
    assert untouched <= covered
