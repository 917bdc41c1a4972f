"""What is drafted for the measurements: the plan of a body for a year, from all reports of earlier years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.drafting.facts import fact_of
from assistant.drafting.types import ComposerName, Fact, Order
from eval.drafting.judge import Written
from eval.metrics.orgs import same_org
from ingest.archive import Archive
from ingest.archive.records import ReportRecord
from ingest.runner import ingest_paths
from ingest.settings import Settings

SAMPLE, REAL = "sample", "real"
SAMPLE_YEARS = range(2021, 2026)
REAL_YEAR = 2026
FOLDERS = ("provincial", "municipal_docx", "seeds")
_CITIES = 6
"""So many of the bodies with one report are drafted for, evenly spread over the alphabet."""
_INSTITUTION = r"中医医?院|人民医院|保健院|疾控|疾病预防控制|卫生院|医院|中心|政府"
_HEALTH = (
    fact_of("家庭医生签约率", "76.5%"),
    fact_of("两癌筛查", "10350人"),
    Fact("中医馆提档升级6月底前完成", None, None, None),
)
_GOVERNMENT = (fact_of("城镇新增就业", "12.35万人"), fact_of("粮食产量", "73.5亿斤"))


@dataclass(frozen=True, slots=True)
class Case:
    """An order, and the ids of the body's own reports."""

    order: Order
    own: frozenset[int]


@contextmanager
def sample_archive(settings: Settings) -> Iterator[Archive]:
    """The generated sample archive, by text alone."""
    from eval.sample import generate

    with TemporaryDirectory(prefix="report-assistant-draft-") as folder:
        reports = generate(Path(folder))
        with _ingested(settings, [reports], Path(folder, "home")) as archive:
            yield archive


@contextmanager
def real_archive(folder: Path, settings: Settings, home: Path | None = None) -> Iterator[Archive]:
    """The real reports of `folder`, by text alone; kept in `home` where one is given."""
    places = [folder / name for name in FOLDERS if (folder / name).is_dir()]
    if home is not None:
        with _ingested(settings, places, home) as archive:
            yield archive
        return
    with (
        TemporaryDirectory(prefix="report-assistant-draft-") as temporary,
        _ingested(settings, places, Path(temporary, "home")) as archive,
    ):
        yield archive


@contextmanager
def _ingested(settings: Settings, places: Sequence[Path], home: Path) -> Iterator[Archive]:
    ingest_paths(replace(settings, home=home), list(places), embed=False)
    with Archive.create_or_open(home) as archive:
        yield archive


def sample_cases(archive: Archive) -> list[Case]:
    """Every body of the sample archive in every year before which it has reported."""
    found = []
    for org, reports in _bodies(archive).items():
        first = min((report.year for report in reports if report.year), default=None)
        for year in SAMPLE_YEARS:
            if first is not None and first < year:
                found.append(_case(org, year, reports))
    return found


def real_cases(archive: Archive) -> list[Case]:
    """Bodies with two reports and more, some with one; the plan for the year after their last but one or last."""
    bodies = _bodies(archive)
    several = {org: reports for org, reports in bodies.items() if len({report.year for report in reports}) > 1}
    single = [org for org in sorted(bodies) if org not in several]
    chosen = [*several, *single[:: max(1, len(single) // _CITIES)][:_CITIES]]
    found = []
    for org in chosen:
        last = max((report.year for report in bodies[org] if report.year), default=None)
        if last is not None:
            government = any(report.kind == "政府工作报告" for report in bodies[org])
            year = last if government and org in several else last + 1
            found.append(_case(org, min(year, REAL_YEAR) if government else year, bodies[org]))
    return found


def _case(org: str, year: int, reports: Sequence[ReportRecord]) -> Case:
    government = any(report.kind == "政府工作报告" for report in reports)
    facts = _GOVERNMENT if government else _HEALTH
    return Case(Order(org, year, facts=facts, up_to=year - 1), frozenset(report.id for report in reports))


def with_composer(case: Case, composer: ComposerName) -> Case:
    """The same order for another composer."""
    return replace(case, order=replace(case.order, composer=composer))


def _bodies(archive: Archive) -> dict[str, list[ReportRecord]]:
    """The reports of each body, under the longest spelling of its name."""
    found: list[list[ReportRecord]] = []
    for report in archive.reports():
        if report.org is None or set(report.org) & set("Xx×*某_"):
            continue
        same = next((group for group in found if _same_body(group[0].org or "", report.org)), None)
        if same is None:
            found.append([report])
        else:
            same.append(report)
    return {max((one.org or "" for one in group), key=len): group for group in found}


def _same_body(left: str, right: str) -> bool:
    """Of the same place, and the same sort: a hospital is not the bureau above it."""
    kinds = [(re.findall(_INSTITUTION, name) or [""])[-1] for name in (left, right)]
    return kinds[0] == kinds[1] and same_org(left, right)


def written(archive: Archive) -> tuple[Written, ...]:
    """The archive's reports as the judge reads them."""
    found = []
    for report in archive.reports():
        text = archive.file_text(report.file_id)[report.start : report.end]
        found.append(Written(report.id, report.org or report.title, _names(report), text, report.year))
    return tuple(found)


def _names(report: ReportRecord) -> tuple[str, ...]:
    """The body and its place, with and without the rank; nothing where a mask hides it."""
    names = [report.org or "", report.region or ""]
    region = report.region or ""
    for suffix in (
        "壮族自治区",
        "回族自治区",
        "维吾尔自治区",
        "自治区",
        "自治州",
        "地区",
        "省",
        "市",
        "县",
        "区",
        "州",
        "盟",
    ):
        if region.endswith(suffix) and len(region) - len(suffix) >= 2:
            names.append(region.removesuffix(suffix))
            break
    return tuple(name for name in dict.fromkeys(names) if len(name) >= 2 and not set(name) & set("Xx×*某_"))
