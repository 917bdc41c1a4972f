"""What the panel fetches: more of a report, its pages, the original files; and who gets them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.accounts import Accounts, Role
from assistant.citations import cite
from assistant.copies import copies
from ingest.archive import Archive
from ingest.settings import Settings
from tests.browser import HOSTILE, make_archive
from tests.login_builders import HERE, PASSWORD, sign_in
from tests.reading_builders import LONG, MANY, REPORT_PDF, report_pdf
from ui.access import Access
from ui.app import create_app
from ui.originals import disposition

LOCAL = "http://127.0.0.1"
ROLES: tuple[tuple[str, Role], ...] = (("王馆长", "keeper"), ("赵读者", "reader"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("routes")
    (place / "in").mkdir()
    (place / "in" / REPORT_PDF).write_bytes(report_pdf())
    (place / "in" / "副本.pdf").write_bytes(report_pdf())
    make_archive(place / "home", place / "in", {"长河.txt": LONG, "赤岭.html": HOSTILE})
    return place / "home"


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[TestClient]:
    access = Access(Settings(home=home))
    with TestClient(create_app(access), base_url=LOCAL) as opened:
        yield opened
    access.close()


@pytest.fixture(scope="module")
def archive(home: Path) -> Iterator[Archive]:
    with Archive.create_or_open(home) as opened:
        yield opened


def pages_address(archive: Archive, words: str) -> str:
    """What the panel asks for when the passage with `words` is cited."""
    (report,) = [one for one in archive.reports() if "副本.pdf" in one.sources]
    (passage,) = [one for one in archive.report_passages(report.id) if words in one.text.text]
    at = passage.text.text.index(words)
    cited = cite(archive, passage, at, at + len(words), 1)
    return f"/pages/{report.file_id}?start={cited.start}&end={cited.end}&page={cited.page}"


def test_the_page_of_a_quote_comes_with_its_marks_and_its_picture(client: TestClient, archive: Archive) -> None:
    shown = client.get(pages_address(archive, "履约随访及时率"))
    assert shown.status_code == 200 and shown.headers["cache-control"] == "no-store"
    assert "第2页 / 共2页" in shown.text and shown.text.count("<rect") == 1
    picture = client.get(re.findall('src="([^"]+)"', shown.text)[0])
    assert picture.headers["content-type"] == "image/png" and picture.content.startswith(b"\x89PNG")
    assert picture.headers["cache-control"].startswith("private")


def test_another_page_is_shown_without_marks_and_in_the_language_asked_for(
    client: TestClient, archive: Archive
) -> None:
    shown = client.get(pages_address(archive, "履约随访及时率") + "&show=1&lang=en")
    assert "Page 1 of 2" in shown.text and "<rect" not in shown.text


@pytest.mark.parametrize(
    "address",
    [
        "/pages/999/1.png",
        "/pages/1/99.png",
        "/pages/1/0.png",
        f"/pages/{10**30}/1.png",
        f"/pages/1/{10**30}.png",
        "/pages/-1/1.png",
        "/pages/../archive.db/1.png",
        "/pages/%2e%2e%2farchive.db/1.png",
        "/pages/999?start=0&end=5&page=1",
        "/originals/..%2farchive.db",
        "/originals/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/originals/0123456789abcdef0123",
        "/originals/",
        "/reading/999?first=0&last=20",
        f"/reading/{10**30}?first=0&last=20",
    ],
)
def test_there_is_nothing_to_be_had_that_the_archive_does_not_know(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_text_has_no_pages(client: TestClient, archive: Archive) -> None:
    (file,) = [one.id for one in archive.files() if one.name == "长河.txt"]
    answered = client.get(f"/pages/{file}/1.png")
    assert answered.status_code == 404 and "没有页面可看" in answered.text


def test_every_file_is_given_out_as_it_is_and_never_to_be_opened_by_the_browser(
    client: TestClient, archive: Archive
) -> None:
    given = {copy.name: copy for one in archive.reports() for copy in copies(archive, one)}
    assert set(given) == {REPORT_PDF, "副本.pdf", "长河.txt", "赤岭.html"}
    for name, data in ((REPORT_PDF, report_pdf()), ("副本.pdf", report_pdf()), ("赤岭.html", HOSTILE.encode())):
        answered = client.get(f"/originals/{given[name].key}")
        assert answered.content == data
        kind, named = answered.headers["content-disposition"].split("; ")
        assert kind == "attachment" and unquote(named.removeprefix("filename*=UTF-8''")) == name
        assert answered.headers["content-type"] == "application/octet-stream"
        assert answered.headers["x-content-type-options"] == "nosniff"


def test_a_name_cannot_say_anything_but_a_name() -> None:
    assert disposition('a"b\r\nx: y/../\u202ecod.exe') == "attachment; filename*=UTF-8''a_b_x_%20y_.._cod.exe"
    assert disposition("\ud800") == "attachment; filename*=UTF-8''_"


def test_more_of_a_report_comes_in_no_more_than_a_part(client: TestClient, archive: Archive) -> None:
    (report,) = [one for one in archive.reports() if "长河.txt" in one.sources]
    assert report.passages >= MANY
    numbers = re.findall(r'data-n="(\d+)"', client.get(f"/reading/{report.id}?first=20&last=40").text)
    assert numbers == [str(number) for number in range(21, 41)]
    for asked in ("first=0&last=99999", "first=-50&last=99999", f"first=0&last={10**30}"):
        assert client.get(f"/reading/{report.id}?{asked}").text.count("data-n=") == 60
    assert client.get(f"/reading/{report.id}?first={10**30}&last={10**31}").text == ""


def test_nobody_gets_anything_without_signing_in_and_a_reader_all_of_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    place = tmp_path_factory.mktemp("guarded")
    (place / "in").mkdir()
    (place / "in" / REPORT_PDF).write_bytes(report_pdf())
    make_archive(place / "home", place / "in", {})
    for name, role in ROLES:
        Accounts(place / "home").add(name, PASSWORD, role)
    with Archive.create_or_open(place / "home") as archive:
        (report,) = archive.reports()
        (original,) = copies(archive, report)
    access = Access(Settings(home=place / "home"))
    app: FastAPI = create_app(access)
    addresses = (f"/pages/{report.file_id}/1.png", f"/originals/{original.key}", f"/reading/{report.id}?first=0&last=9")
    with TestClient(app, base_url=HERE, follow_redirects=False) as opened:
        assert [opened.get(address).status_code for address in addresses] == [401] * 3
        sign_in(opened, "赵读者")
        answers = [opened.get(address) for address in addresses]
        assert [one.status_code for one in answers] == [200] * 3
        assert all(one.headers["cache-control"] == "no-store" for one in answers)
    assert [(line.who, line.action) for line in access.audit.lines()][:1] == [("赵读者", "export")]
    access.close()
