"""Zips: their members are files like any other, and nothing in them is believed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.archive import Archive
from ingest.errors import UnreadableFile
from ingest.finding import members
from ingest.finding.membernames import inner_path
from ingest.finding.members import Member, MemberReader, list_members
from ingest.runner import IngestSummary, ingest_paths
from ingest.settings import Settings
from tests.archive_builders import FakeEncoder
from tests.bad_files import _zip
from tests.ingest_builders import read
from tests.zip_builders import bomb, packed, raw_zip, unicode_path

TYPES = frozenset({".txt", ".docx"})


def listed(tmp_path: Path, data: bytes) -> list[Member]:
    path = tmp_path / "材料.zip"
    path.write_bytes(data)
    found = list_members(path, TYPES)
    assert found is not None
    return found


def contents(tmp_path: Path, data: bytes) -> dict[str, str]:
    reader = MemberReader()
    found = listed(tmp_path, data)
    try:
        return {item.name: reader.read(tmp_path / "材料.zip", item.way).decode() for item in found if not item.fault}
    finally:
        reader.close()


def faults(tmp_path: Path, data: bytes) -> list[str]:
    return [item.fault for item in listed(tmp_path, data) if item.fault]


def refused(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        contents(tmp_path, data)
    return str(caught.value)


class TestNames:
    def test_names_that_say_they_are_utf8_are(self, tmp_path: Path) -> None:
        assert contents(tmp_path, packed({"科室/总结.txt": b"a"})) == {"科室/总结.txt": "a"}

    @pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
    def test_names_that_say_nothing_are_what_chinese_computers_write(self, tmp_path: Path, encoding: str) -> None:
        data = raw_zip([("科室/总结.txt".encode(encoding), b"a"), ("计划.txt".encode(encoding), b"b")])
        assert contents(tmp_path, data) == {"科室/总结.txt": "a", "计划.txt": "b"}

    def test_names_of_one_zip_are_decoded_alike(self, tmp_path: Path) -> None:
        """The first alone would also be UTF-8 (of other characters)."""
        first, second = "联通".encode("gb18030") + b".txt", "总结.txt".encode("gb18030")
        assert first.decode("utf-8", "replace")
        assert set(contents(tmp_path, raw_zip([(first, b"a"), (second, b"b")]))) == {"联通.txt", "总结.txt"}

    def test_the_extra_field_with_the_real_name_goes_first(self, tmp_path: Path) -> None:
        raw = b"ZONGJIE.TXT"
        assert set(contents(tmp_path, raw_zip([(raw, b"a")], extra=unicode_path(raw, "总结.txt")))) == {"总结.txt"}
        other = unicode_path(b"ANOTHER.TXT", "别的.txt")
        assert set(contents(tmp_path, raw_zip([(raw, b"a")], extra=other))) == {"ZONGJIE.TXT"}

    def test_backslashes_part_folders_but_not_within_a_chinese_character(self, tmp_path: Path) -> None:
        name = "乗\\总结.txt"  # its second byte in GB18030 is a backslash
        assert b"\\" in "乗".encode("gb18030")
        assert set(contents(tmp_path, raw_zip([(name.encode("gb18030"), b"a")]))) == {"乗/总结.txt"}

    @pytest.mark.parametrize(
        "name",
        [
            "../总结.txt",
            "a/../../总结.txt",
            "/etc/总结.txt",
            "C:/总结.txt",
            "c:总结.txt",
            "\\\\server\\总结.txt",
            "a\\..\\b.txt",
        ],
    )
    def test_a_name_that_leads_out_is_refused_and_the_others_are_read(self, tmp_path: Path, name: str) -> None:
        data = raw_zip([(name.encode(), b"evil"), ("好.txt".encode(), b"good")])
        assert contents(tmp_path, data) == {"好.txt": "good"}
        (line,) = faults(tmp_path, data)
        assert "压缩包之外" in line and "请" in line

    @given(st.text(st.characters(codec="utf-8"), max_size=20))
    def test_a_name_is_one_line_inside_or_nothing(self, name: str) -> None:
        place = inner_path(name)
        if place is not None:
            assert not any(c in place for c in "\n\r\t\x1b\u202e\u2028")
            assert os.path.normpath(f"/x.zip/{place}").startswith("/x.zip/")

    def test_two_files_of_one_name_are_two(self, tmp_path: Path) -> None:
        data = raw_zip([(b"a.txt", b"one"), (b"a.txt", b"two")])
        assert contents(tmp_path, data) == {"a.txt": "one", "a（2）.txt": "two"}


class TestDanger:
    def test_a_bomb_is_told_by_its_ratio(self, tmp_path: Path) -> None:
        assert "压缩比异常" in refused(tmp_path, bomb())

    def test_text_that_packs_well_is_no_bomb(self, tmp_path: Path) -> None:
        text = "".join(f"全县完成第{number}项任务，完成率{number % 100}%。\n" for number in range(60_000))
        assert contents(tmp_path, packed({"长.txt": text.encode()})) == {"长.txt": text}

    def test_a_small_member_may_be_all_blanks(self, tmp_path: Path) -> None:
        assert len(contents(tmp_path, packed({"空白.txt": b" " * 500_000}))["空白.txt"]) == 500_000

    def test_a_zip_in_a_zip_is_opened_but_not_one_deeper(self, tmp_path: Path) -> None:
        deepest = packed({"深.txt": b"deep"})
        data = packed({"内.zip": packed({"中.txt": b"middle", "更内.zip": deepest}), "外.txt": b"outer"})
        assert contents(tmp_path, data) == {"内.zip/中.txt": "middle", "外.txt": "outer"}
        (line,) = faults(tmp_path, data)
        assert "套了两层以上" in line

    def test_a_tree_of_bombs_is_not_climbed(self, tmp_path: Path) -> None:
        leaf = bomb(100)
        level = packed({f"{number}.zip": leaf for number in range(16)}, 0)
        data = packed({f"{number}.zip": level for number in range(16)})
        assert len(faults(tmp_path, data)) == 16 and contents(tmp_path, data) == {}

    def test_entries_that_share_their_bytes_are_refused(self, tmp_path: Path) -> None:
        data = raw_zip([(f"{number}.txt".encode(), b"x" * 1000) for number in range(3)], same_place=True)
        assert "压缩比异常" in refused(tmp_path, data)

    @pytest.mark.parametrize("claimed", [1, 5_000])
    def test_a_size_that_is_a_lie_is_found_out(self, tmp_path: Path, claimed: int) -> None:
        data = raw_zip([(b"a.txt", b"x" * 1000)], claimed=claimed)
        assert "损坏" in refused(tmp_path, data) or "压缩比" in refused(tmp_path, data)

    def test_a_member_larger_than_any_file_may_be_is_not_unpacked(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(members, "MAX_FILE_BYTES", 1024)
        assert "上限" in refused(tmp_path, packed({"大.txt": os.urandom(2048)}))

    def test_more_than_the_zip_may_hold_in_all_is_refused_but_pictures_do_not_count(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(members, "MAX_TOTAL_BYTES", 1024)
        assert "解压后超过" in refused(tmp_path, packed({f"{n}.txt": os.urandom(400) for n in range(3)}))
        assert set(contents(tmp_path, packed({"a.txt": b"a", "b.psd": bytes(2000)}))) == {"a.txt", "b.psd"}

    def test_too_many_members_are_refused_before_they_are_looked_at(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(members, "MAX_MEMBERS", 5)
        monkeypatch.setattr("zipfile.ZipFile", None)
        assert "超过 5 个" in refused(tmp_path, packed_before({f"{n}.txt": b"" for n in range(6)}))

    def test_members_with_a_password_are_one_line(self, tmp_path: Path) -> None:
        data = raw_zip([(b"a.txt", b"secret"), (b"b.txt", b"secret")], flags=1)
        (line,) = faults(tmp_path, data)
        assert "2 个文件设有密码" in line and contents(tmp_path, data) == {}

    def test_a_method_that_takes_any_amount_of_memory_is_not_tried(self, tmp_path: Path) -> None:
        assert "压缩方式不支持" in refused(tmp_path, raw_zip([(b"a.txt", b"x" * 50)], method=14))

    @pytest.mark.parametrize("data", [b"PK\x03\x04", b"not a zip at all", packed({"a.txt": b"x" * 300})[:-40]])
    def test_a_damaged_zip_is_one_line(self, tmp_path: Path, data: bytes) -> None:
        assert "损坏" in refused(tmp_path, data)

    def test_an_empty_file_is_called_empty(self, tmp_path: Path) -> None:
        assert "空的" in refused(tmp_path, b"")

    @given(st.data())
    def test_any_damage_is_told_and_nothing_else_is_raised(
        self, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
    ) -> None:
        whole = bytearray(packed({"总结.txt": "甲县总结".encode() * 20, "内.zip": packed({"a.txt": b"a"})}))
        for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=6)):
            whole[at] = data.draw(st.integers(0, 255))
        path = tmp_path_factory.mktemp("zip") / "a.zip"
        path.write_bytes(whole)
        reader = MemberReader()
        try:
            for member in list_members(path, TYPES) or []:
                if member.fault is None:
                    reader.read(path, member.way)
        except UnreadableFile as error:
            assert "请" in str(error)
        finally:
            reader.close()


def packed_before(files: dict[str, bytes]) -> bytes:
    """By hand, because the test has taken the library away."""
    return raw_zip([(name.encode(), data) for name, data in files.items()])


class TestIngest:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "in").mkdir()
        return tmp_path / "in"

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(tmp_path / "home")

    def ingest(self, settings: Settings, folder: Path) -> IngestSummary:
        return ingest_paths(settings, [folder], read=read, load_encoder=lambda _: FakeEncoder())

    def test_members_are_files_with_the_zip_as_their_folder(self, folder: Path, settings: Settings) -> None:
        (folder / "x.zip").write_bytes(
            packed({"内/a.txt": "甲县新建医院。".encode(), "内/b.psd": b"x", "内/.DS_Store": b""})
        )
        summary = self.ingest(settings, folder)
        assert [(item.path, item.status) for item in summary.outcomes] == [
            (str(folder / "x.zip" / "内" / "a.txt"), "new"),
            (str(folder / "x.zip" / "内" / "b.psd"), "skipped"),
        ]
        with Archive.create_or_open(settings.home) as archive:
            assert archive.doctor() == [] and [report.sources for report in archive.reports()] == [("a.txt",)]

    def test_an_unchanged_zip_is_not_unpacked_again(
        self, folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / "x.zip").write_bytes(packed({"a.txt": "甲县新建医院。".encode()}))
        self.ingest(settings, folder)
        monkeypatch.setattr(MemberReader, "read", None)
        assert [item.status for item in self.ingest(settings, folder).outcomes] == ["unchanged"]

    def test_of_a_changed_zip_only_what_changed_is_read(self, folder: Path, settings: Settings) -> None:
        (folder / "x.zip").write_bytes(packed({"a.txt": "甲县新建医院。".encode(), "b.txt": "乙县扩建医院。".encode()}))
        self.ingest(settings, folder)
        (folder / "x.zip").write_bytes(packed({"a.txt": "甲县新建医院。".encode(), "b.txt": "乙县改建医院。".encode()}))
        os.utime(folder / "x.zip", ns=(5, 5))
        assert [item.status for item in self.ingest(settings, folder).outcomes] == ["unchanged", "updated"]

    def test_an_unpacked_zip_gives_the_same_reports_once(self, folder: Path, settings: Settings) -> None:
        (folder / "x.zip").write_bytes(packed({"a.txt": "甲县新建医院。".encode()}))
        (folder / "a.txt").write_text("甲县新建医院。")
        assert sorted(item.status for item in self.ingest(settings, folder).outcomes) == ["duplicate", "new"]

    def test_a_renamed_zip_moves_its_members(self, folder: Path, settings: Settings) -> None:
        (folder / "x.zip").write_bytes(packed({"a.txt": "甲县新建医院。".encode()}))
        self.ingest(settings, folder)
        (folder / "x.zip").rename(folder / "y.zip")
        assert [item.status for item in self.ingest(settings, folder).outcomes] == ["moved"]
        with Archive.create_or_open(settings.home) as archive:
            assert list(archive.sources()) == [str(folder / "y.zip" / "a.txt")]

    def test_a_damaged_zip_is_one_line_until_it_is_mended(self, folder: Path, settings: Settings) -> None:
        (folder / "x.zip").write_bytes(b"PK\x03\x04")
        summary = self.ingest(settings, folder)
        assert [(item.name, item.status) for item in summary.outcomes] == [("x.zip", "failed")]
        with Archive.create_or_open(settings.home) as archive:
            assert [record.status for record in archive.files()] == ["failed"]
        (folder / "x.zip").write_bytes(packed({"a.txt": "甲县新建医院。".encode()}))
        self.ingest(settings, folder)
        with Archive.create_or_open(settings.home) as archive:
            assert [record.status for record in archive.files()] == ["ok"]

    def test_a_document_called_zip_is_read_as_what_it_is(self, folder: Path, settings: Settings) -> None:
        data = _zip(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"})
        (folder / "总结.zip").write_bytes(data)
        seen: list[bytes] = []

        def looks(path: Path, content: bytes, settings: Settings) -> object:
            seen.append(content)
            return read(path, "甲县新建医院。".encode(), settings)

        summary = ingest_paths(settings, [folder], read=looks, embed=False)
        assert seen == [data] and [item.name for item in summary.outcomes] == ["总结.zip"]
