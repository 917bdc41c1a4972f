"""Collecting in the tab 档案库: what the addresses refuse, and a keeper's work from upload to answer in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")

from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from assistant.accounts import Audit, User
from assistant.collecting.types import Row, Snapshot
from ingest.settings import Settings
from tests.browser import BAISHI, CHROMIUM, QINGHE, ask, chromium, make_archive, open_page, served
from ui.access import Access
from ui.archive_jobs import busy, job_html, time_left

OWN = {"x-from": "page"}


@pytest.fixture
def access(tmp_path: Path) -> Iterator[Access]:
    made = Access(Settings(tmp_path / "home"))
    yield made
    made.close()


@pytest.fixture
def client(access: Access) -> TestClient:
    from fastapi import FastAPI

    from ui.archive_collect import add_collecting
    from ui.archive_reports import add_reports

    app = FastAPI()
    add_collecting(app, access)
    add_reports(app, access)
    return TestClient(app, base_url="http://127.0.0.1")


def begin(client: TestClient, *files: tuple[str, int]) -> dict[str, object]:
    listed = [{"path": path, "size": size} for path, size in files]
    answer = client.post("/collect/begin", json={"files": listed}, headers=OWN)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


class TestAddresses:
    def test_another_site_can_upload_nothing(self, client: TestClient) -> None:
        files = {"files": [{"path": "a.txt", "size": 3}]}
        assert client.post("/collect/begin", json=files).status_code == 403
        headers = {**OWN, "origin": "http://evil.example"}
        assert client.post("/collect/begin", json=files, headers=headers).status_code == 403
        assert client.post("/collect/do/stop").status_code == 403

    def test_whoever_may_not_collect_sees_nothing_of_it(
        self, client: TestClient, access: Access, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        user = User("读者甲", "reader", datetime(2026, 1, 1, tzinfo=UTC))
        monkeypatch.setattr(access, "user_of", lambda request: user)
        assert client.get("/collect").status_code == 403
        refused = client.post("/collect/begin", json={"files": [{"path": "a.txt", "size": 1}]}, headers=OWN)
        assert refused.status_code == 403 and "读者" in refused.text

    @pytest.mark.parametrize("body", [b"", b"[]", b'{"files": 3}', b'{"files": [{"path": "x"}]}', b"\xff"])
    def test_what_is_no_list_of_files_is_refused_in_one_line(self, client: TestClient, body: bytes) -> None:
        answer = client.post("/collect/begin", content=body, headers=OWN)
        assert answer.status_code == 409 and "请刷新" in answer.text

    def test_more_than_was_announced_is_not_written(self, client: TestClient, access: Access) -> None:
        upload = begin(client, ("a.txt", 5), ("b.exe", 5))
        assert upload["wanted"] == [0] and upload["files"] == [0, 1]
        path = f"/collect/{upload['upload']}/0"
        assert client.post(path, content=b"x" * 9, headers=OWN).status_code == 400
        assert access.collecting.snapshot().rows[0].state == "failed"
        assert not [one for one in (access.home / "uploads").rglob("*") if one.is_file()]
        assert client.post(path, content=b"x" * 5, headers=OWN).status_code == 409, "it waits for it no more"
        assert client.post(f"/collect/{upload['upload']}/7", content=b"x", headers=OWN).status_code == 409

    def test_an_upload_leaves_a_line_in_the_audit(self, client: TestClient, access: Access) -> None:
        begin(client, ("a.txt", 5))
        assert [(line.action, line.outcome) for line in Audit(access.home).lines()] == [("ingest", "ok")]

    def test_what_is_not_there_is_not_found(self, client: TestClient, access: Access, tmp_path: Path) -> None:
        make_archive(access.home, tmp_path / "in", {"青禾.txt": QINGHE})
        assert client.get("/library/99/original").status_code == 404
        got = client.get("/library/1/original")
        assert got.text == QINGHE and got.headers["content-disposition"].startswith("attachment;")
        assert "12345人" in "".join(client.get(f"/library/1/sections/{number}").text for number in range(6))


class TestHtml:
    def test_progress_says_how_long_it_still_takes(self) -> None:
        rows = (Row(0, "a.txt", 5, "done", reports=1, passages=3), Row(1, "<b>.txt", 5, "failed", "坏了 <i>"))
        html = job_html(Snapshot(1, "reading", rows, 5, 10, 130.0))
        assert "约剩 2 分钟" in html and "<b>" not in html and "<i>" not in html and "1 份报告，3 段" in html
        assert time_left(10) == "不到 1 分钟" and busy(Snapshot(1, "embedding")) and not busy(Snapshot(1, "idle"))

    def test_new_reports_that_are_unsure_are_offered_for_checking(self) -> None:
        rows = (Row(0, "a.txt", 5, "done"),)
        assert 'data-act="next"' in job_html(Snapshot(1, "idle", rows), 3, 2)
        assert 'data-act="next"' not in job_html(Snapshot(1, "idle", rows), 3, 0)
        assert 'data-collect="embed"' in job_html(Snapshot(1, "idle"), pending=4)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    with served(tmp_path / "home") as server:
        opened = open_page(browser, server.url)
        opened.get_by_role("tab", name="档案库").click()
        opened.locator("#collect .drop").wait_for()
        yield opened
        opened.context.close()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on PATH")
class TestInTheBrowser:
    def test_a_keeper_collects_asks_deletes_and_takes_it_back(self, page: Page, tmp_path: Path) -> None:
        folder = tmp_path / "报送"
        for name, text in {"青禾/总结.txt": QINGHE, "白石.txt": BAISHI, "图.psd": "x", "坏.docx": "x"}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        page.locator("[data-input=folder]").set_input_files(folder)
        rows = page.locator("#reports a.row")
        expect(rows).to_have_count(2, timeout=60_000)
        files = page.locator("#collect .each li")
        expect(files.filter(has_text="青禾/总结.txt")).to_have_class("done", timeout=30_000)
        expect(files.filter(has_text="坏.docx")).to_have_class("failed")
        expect(files.filter(has_text="图.psd")).to_have_class("skipped")
        expect(rows.first.locator(".sign.fresh")).to_be_visible()

        page.reload()
        page.get_by_role("tab", name="问答").click()
        answer = ask(page, "2022年白石县两癌筛查完成多少人？")
        expect(answer).to_contain_text("5600人")
        expect(answer.locator("a[href^='#cite-']").first).to_be_visible()

        page.get_by_role("tab", name="档案库").click()
        expect(page.locator("#collect .each li")).to_have_count(4)
        page.locator("#reports a.row", has_text="白石县").click()
        expect(page.locator("#preview .tree")).to_contain_text("农村妇女两癌筛查5600人")
        page.locator("[data-act=delete]").click()
        expect(page.locator("#done")).to_contain_text("已删除", timeout=30_000)
        expect(page.locator("#reports a.row")).to_have_count(1)
        expect(page.locator("#trash summary")).to_contain_text("1 份")
        page.locator("#done [data-act=restore]").click()
        expect(page.locator("#done")).to_contain_text("已恢复", timeout=60_000)
        expect(page.locator("#reports a.row")).to_have_count(2)
        expect(page.locator("#trash summary")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def test_a_cell_of_the_table_lists_its_reports(self, page: Page, tmp_path: Path) -> None:
        (tmp_path / "青禾.txt").write_text(QINGHE)
        (tmp_path / "白石.txt").write_text(BAISHI)
        page.locator("[data-input=files]").set_input_files([tmp_path / "青禾.txt", tmp_path / "白石.txt"])
        rows = page.locator("#reports a.row")
        expect(rows).to_have_count(2, timeout=60_000)
        page.locator("#collection td a").first.click()
        expect(rows).to_have_count(1)
        name = re.sub(r"\s.*", "", page.locator("#find-report :is(input, textarea)").input_value())
        expect(rows).to_contain_text(name)

    def test_files_may_be_dropped_on_the_shelf(self, page: Page) -> None:
        dropped = page.evaluate_handle(
            """(text) => {
                const data = new DataTransfer();
                data.items.add(new File([text], "白石.txt", { type: "text/plain" }));
                return data;
            }""",
            BAISHI,
        )
        page.locator("#collect .drop").dispatch_event("dragover", {"dataTransfer": dropped})
        page.locator("#collect .drop").dispatch_event("drop", {"dataTransfer": dropped})
        expect(page.locator("#reports a.row")).to_have_count(1, timeout=60_000)
        expect(page.locator("#collect .each li").filter(has_text="白石.txt")).to_have_class("done", timeout=30_000)
