"""Small builders of answers, citations and gold questions for the tests of the evaluation package."""

from __future__ import annotations

from typing import Any

from eval.gold import Gold, parse_gold

SOURCE = (
    "松溪县卫生健康局2022年工作总结\n"
    "一、妇幼健康\n"
    "全年完成两癌筛查5600人，任务数5500人，完成率101.8%。截至11月20日，建立居民档案12,345份。\n"
    "服务群众110万人次，较上年的100万人次有所增加。\n"
    "二、明年打算\n"
    "2023年完成两癌筛查6000人以上。\n"
)
FILE = "songxi.txt"
TEXTS = {FILE: (SOURCE,)}
SCREENED = "全年完成两癌筛查5600人，任务数5500人，完成率101.8%。"
ARCHIVED = "截至11月20日，建立居民档案12,345份。"
SERVED = "服务群众110万人次，较上年的100万人次有所增加。"


def citation(quote: str = SCREENED, n: int = 1, **changed: Any) -> dict[str, Any]:
    start = SOURCE.find(quote)
    return {
        "n": n,
        "report": "松溪县卫生健康局2022年工作总结",
        "org": "松溪县卫生健康局",
        "year": 2022,
        "part": "review",
        "period": "2022",
        "section": ["一、妇幼健康"],
        "source_file": FILE,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "page": None,
        **changed,
    }


def sentence(text: str, *cited: int, computed: list[dict[str, str]] | None = None) -> dict[str, Any]:
    body: dict[str, Any] = {"text": text, "citations": list(cited)}
    return {**body, "computed": computed} if computed else body


def answer(
    sentences: list[dict[str, Any]], citations: list[dict[str, Any]], abstained: bool = False, **changed: Any
) -> dict[str, Any]:
    shown = "\n".join(one["text"] + "".join(f"〔{n}〕" for n in one["citations"]) for one in sentences)
    return {
        "id": "q1",
        "question": "2022年松溪县两癌筛查完成多少人？",
        "standalone_question": "2022年松溪县两癌筛查完成多少人？",
        "abstained": abstained,
        "answer": shown,
        "sentences": sentences,
        "citations": citations,
        "warnings": [],
        "composer": "extractive",
        "seconds": 0.2,
        **changed,
    }


def says(text: str, quote: str = SCREENED, **cited: Any) -> dict[str, Any]:
    """An answer of one sentence with one citation."""
    return answer([sentence(text, 1)], [citation(quote, **cited)])


def silence(text: str = "档案中未找到松溪县2018年的两癌筛查人数。") -> dict[str, Any]:
    """An abstention."""
    return answer([sentence(text)], [], abstained=True)


def gold(**fields: Any) -> Gold:
    return parse_gold(
        {
            "id": "q1",
            "kind": "fact",
            "question": "2022年松溪县两癌筛查完成多少人？",
            "numbers": ["5600"],
            "evidence": [{"file": FILE, "text": SCREENED}],
            **fields,
        }
    )
