"""Texts that a machine rewriter spun are found when the ordinary word is asked for; ordinary texts are not drowned."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.retrieval import Retriever
from assistant.retrieval.rewritten import reworded
from ingest.archive import Archive
from ingest.archive.records import Scope
from tests.assistant_builders import ingest

SPUN = (
    "清源县卫生局2014年工作总结\n一、主要工作\n（一）根本公共卫生效劳工程稳步推进，全县建立居民档案3200份。\n"
    "（二）加强医疗平安管理，落实各项防范举措。\n"
)
PLAIN = "\n".join(
    [
        "白河县卫生健康局2022年工作总结",
        "一、主要工作",
        *(
            f"（{n}）基层医疗服务能力提升，{place}开展服务项目。"
            for n, place in zip("一二三四五", "东南西北中", strict=True)
        ),
        "二、存在问题",
        "平安创建和重点工程建设进度不快，卫生院房屋根本改造未完成。",
    ]
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    home = tmp_path_factory.mktemp("rewritten") / "home"
    settings = ingest(home, {"spun.txt": SPUN, "plain.txt": PLAIN})
    with Archive.create_or_open(settings.home) as opened:
        yield opened


def found(archive: Archive, query: str, scope: Scope | None = None) -> list[str]:
    return [item.passage.text.text for item in Retriever(archive, None).retrieve(query, scope, 10)]


@pytest.mark.parametrize(
    ("asked", "written"), [("服务", "效劳"), ("基本", "根本公共"), ("安全", "平安"), ("项目", "工程")]
)
def test_the_ordinary_word_finds_the_rewriters_word(archive: Archive, asked: str, written: str) -> None:
    assert any(written in text and asked not in text for text in found(archive, asked))


def test_the_words_asked_for_stay_at_the_head(archive: Archive) -> None:
    assert "服务" in found(archive, "服务能力")[0]


def test_in_a_report_without_the_rewriters_hand_his_words_mean_themselves(archive: Archive) -> None:
    plain = frozenset(report.id for report in archive.reports() if "白河" in report.title)
    assert not any("平安创建" in text for text in found(archive, "安全", Scope(reports=plain)))


def test_a_query_is_reworded_as_a_whole() -> None:
    assert reworded("基本公共卫生服务项目")[0] == "根本公共卫生效劳工程"
    assert reworded("老年人") == []


def test_the_number_of_wordings_is_bounded() -> None:
    assert len(reworded("完善组织管理效果提高重点保障措施服务")) <= 6
