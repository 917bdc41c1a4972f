"""What `doctor` looks at. Every finding says what is so and what to do about it, in Chinese."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.archive import fulltext, integrity, meta, originals, sync, vectors
from ingest.archive.chroma import Chroma, IndexUnreachable, VectorIndexError
from ingest.archive.database import is_damage
from ingest.archive.records import Finding

_REBUILD, _RESTORE = integrity.REBUILD, integrity.RESTORE
_AGAIN = "再运行一次 report-assistant ingest 即可补上"
_SHOWN = 5
_COMPARED = 5_000
"""Vectors of Chroma that are compared with SQLite's when not all of them shall be: about a second."""


@dataclass(frozen=True, slots=True)
class Patient:
    """What is examined; `encoder` is the configured model's name, None to skip that check. `full`: compare every word
    of the full-text index and every vector of Chroma with SQLite, which takes as long as indexing.
    """

    home: Path
    connection: sqlite3.Connection
    chroma: Chroma
    encoder: str | None = None
    full: bool = False


def examine(patient: Patient, progress: Callable[[int, int], None] | None = None) -> list[Finding]:
    """Every finding, the grave ones first. The archive is sound when none of them is an error.

    `progress` is told how many of how many checks are done; what it raises ends the examination.
    """
    checks: tuple[Callable[[Patient], Iterator[Finding]], ...] = (
        _database,
        _contents,
        _fulltext,
        _originals,
        _vectors,
        _model,
        _queue,
        _failed,
        _truncated,
        _empty,
    )
    findings: list[Finding] = []
    for done, check in enumerate(checks):
        if progress is not None:
            progress(done, len(checks))
        try:
            findings.extend(check(patient))
        except (sqlite3.DatabaseError, ValueError, TypeError) as error:  # what is no text or no number any more
            if isinstance(error, sqlite3.DatabaseError) and not is_damage(error):
                raise
            if not any(finding.severity == "error" for finding in findings):
                findings.append(Finding("error", f"数据库中有内容读不出来（{error}）", _RESTORE))
    return sorted(findings, key=lambda finding: ("error", "warning", "info").index(finding.severity))


def _database(patient: Patient) -> Iterator[Finding]:
    problems = [row[0] for row in patient.connection.execute("PRAGMA integrity_check(3)")]
    if problems != ["ok"]:
        yield Finding("error", f"数据库内容损坏：{'；'.join(problems)}", _RESTORE)
    elif patient.connection.execute("PRAGMA foreign_key_check").fetchone():
        yield Finding("error", "数据库中有不再属于任何文件的记录", _RESTORE)


def _contents(patient: Patient) -> Iterator[Finding]:
    yield from integrity.contents(patient.connection)


def _fulltext(patient: Patient) -> Iterator[Finding]:
    yield from integrity.index(patient.connection)
    if patient.full:
        yield from integrity.terms(patient.connection)
    held, wanted = fulltext.indexed(patient.connection), _count(patient, "passages")
    if held != wanted:
        yield Finding("error", f"全文索引有 {held} 条，段落有 {wanted} 条，两者不符", _REBUILD)
    if not fulltext.is_current(patient.connection):
        yield Finding("warning", "全文索引由另一版本的分词建立，检索可能不全", _REBUILD)


def _originals(patient: Patient) -> Iterator[Finding]:
    sql = "SELECT sha256, size, name FROM files WHERE status = 'ok' ORDER BY name"
    wanted = {sha256: (size, name) for sha256, size, name in patient.connection.execute(sql)}
    kept = dict(originals.kept(patient.home))
    bad = [name for sha256, (size, name) in wanted.items() if not originals.is_sound(patient.home, sha256, size)]
    if bad:
        yield Finding(
            "error", f"{len(bad)} 个文件的原件副本缺失或损坏：{_listed(bad)}", "请重新 report-assistant ingest 这些文件"
        )
    extra = len(kept.keys() - wanted.keys())
    if extra:
        yield Finding(
            "info", f"有 {extra} 个不再需要的原件副本（不影响使用）", "运行 report-assistant rebuild 时会清除"
        )


def _vectors(patient: Patient) -> Iterator[Finding]:
    try:
        patient.chroma.reach()
    except IndexUnreachable:
        yield Finding(
            "warning",
            f"连不上向量服务器 {patient.chroma.server}（可以检索，但较慢）",
            "请启动它（chroma run）或改正配置项 chroma_url",
        )
        return
    if meta.chroma_being_written(patient.connection):
        yield Finding("warning", "向量索引正在写入，或上次写入时被中断（可以检索，但较慢）", _AGAIN)
        return
    waiting = len(vectors.missing(patient.connection))
    if waiting:
        yield Finding(
            "warning",
            f"{waiting} 个段落的向量还没有写入向量索引（可以检索，但较慢）",
            _AGAIN,
        )
    accounted = sync.accounted(patient.connection)
    if not accounted:
        return
    place = meta.chroma(patient.connection)
    if not patient.chroma.holds(place):
        where = f"在向量服务器 {place.server} 上" if place.server else "在档案文件夹里"
        yield Finding("warning", f"向量索引{where}，与配置项 chroma_url 不符（可以检索，但较慢）", _AGAIN)
        return
    patient.chroma.use(place)
    if not sync.is_whole(patient.connection, patient.chroma):
        yield Finding("error", "向量索引的文件已损坏（可以检索，但较慢）", _REBUILD)
        return
    try:
        held = patient.chroma.count() if patient.chroma.exists() else 0
        if held != accounted:
            yield Finding("error", f"向量索引有 {held} 条，应有 {accounted} 条", _REBUILD)
        elif sync.lost(patient.connection, patient.chroma):
            yield Finding("error", "向量索引中有的段落检索不到", _REBUILD)
        elif unlike := sync.unlike(patient.connection, patient.chroma, None if patient.full else _COMPARED):
            yield Finding("error", f"向量索引中有 {unlike} 条与数据库中的不符", _REBUILD)
    except VectorIndexError as fault:
        if sync.no_room(fault) or not os.access(patient.home, os.W_OK):  # Chroma writes even to read
            yield Finding(
                "warning", "磁盘已满或没有写入权限，向量索引打不开（可以检索，但较慢）", "请腾出空间或检查权限"
            )
        else:
            yield Finding("error", f"向量索引无法读取（{fault}）", _REBUILD)


def _model(patient: Patient) -> Iterator[Finding]:
    known = meta.get(patient.connection, "encoder")
    if patient.encoder is not None and known is not None and known != patient.encoder:
        remedy = f"请把 embedding_model（及精度）改回 {known}，或运行 report-assistant rebuild --embed 用新模型重算"
        yield Finding("error", f"档案的向量由模型 {known} 生成，当前配置的是 {patient.encoder}", remedy)


def _queue(patient: Patient) -> Iterator[Finding]:
    waiting = _count(patient, "queue")
    if waiting:
        yield Finding("warning", f"{waiting} 个段落还没有向量（全文检索不受影响）", _AGAIN)


def _failed(patient: Patient) -> Iterator[Finding]:
    for name, error in patient.connection.execute(
        "SELECT name, error FROM files WHERE status = 'failed' ORDER BY name"
    ):
        yield Finding("info", f"{name} 未能读入：{error}", "改正后重新 report-assistant ingest 该文件")


def _truncated(patient: Patient) -> Iterator[Finding]:
    sql = "SELECT title FROM reports WHERE truncated AND duplicate_of IS NULL ORDER BY title"
    titles = [row[0] for row in patient.connection.execute(sql)]
    if titles:
        yield Finding(
            "info",
            f"{len(titles)} 篇报告的原文不完整（只有预览部分）：{_listed(titles)}",
            "如有完整的文件，请补充 ingest",
        )


def _empty(patient: Patient) -> Iterator[Finding]:
    sql = (
        "SELECT name FROM files WHERE status = 'ok' AND id NOT IN (SELECT file_id FROM passages)"
        " AND id NOT IN (SELECT file_id FROM reports WHERE duplicate_of IS NOT NULL) ORDER BY name"
    )
    names = [row[0] for row in patient.connection.execute(sql)]
    if names:
        yield Finding("info", f"{len(names)} 个文件中没有找到正文：{_listed(names)}", "请检查这些文件是否为报告")


def _count(patient: Patient, table: str) -> int:
    return int(patient.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _listed(names: list[str]) -> str:
    return "、".join(names[:_SHOWN]) + (" 等" if len(names) > _SHOWN else "")
