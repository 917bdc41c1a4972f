"""Titles and headings that address a program: they go with every citation and every question, so they say nothing."""

from __future__ import annotations

from dataclasses import replace

from ingest.clean.addressed import without_addressed
from ingest.types import Report

OMITTED = "（疑似写给程序的指令，略去）"


def with_safe_labels(report: Report, stem: str) -> Report:
    """The report with its title and headings only up to where they begin to address a program.

    A title of which nothing is left gives way to `stem`, the file's name without its ending.
    """
    title = without_addressed(report.title, without_addressed(stem, OMITTED))
    paths = [tuple(without_addressed(heading, OMITTED) for heading in section.path) for section in report.sections]
    if title == report.title and all(path == own.path for path, own in zip(paths, report.sections, strict=True)):
        return report
    sections = tuple(replace(section, path=path) for path, section in zip(paths, report.sections, strict=True))
    return replace(report, title=title, sections=sections)
