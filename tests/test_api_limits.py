"""What is too much for one request is refused before any work is begun."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.api.draft import MAX_FACTS, MAX_HEADING, MAX_SECTIONS, order_of
from assistant.api.requests import DraftCall
from ingest.errors import BadOrder

ORDER: dict[str, Any] = {"org": "青禾县卫生健康局", "year": 2024}


@pytest.mark.parametrize(
    ("part", "one", "most"),
    [
        ("sections", lambda number: f"第{number}节", MAX_SECTIONS),
        ("sections", lambda number: "节" * number, MAX_HEADING),
        ("facts", lambda number: {"text": f"完成两癌筛查{number}人"}, MAX_FACTS),
    ],
    ids=["sections", "headings", "facts"],
)
def test_so_much_is_drafted_and_no_more(part: str, one: Any, most: int) -> None:
    def call(count: int) -> DraftCall:
        longest = most == MAX_HEADING
        return DraftCall(**ORDER, **{part: [one(count)] if longest else [one(n) for n in range(1, count + 1)]})

    assert getattr(order_of(call(most)), part)
    with pytest.raises(BadOrder, match=f"最多 {most}") as refused:
        order_of(call(most + 1))
    assert "请" in str(refused.value)
