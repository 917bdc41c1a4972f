"""How running text names the body that speaks in it: 我局, 县卫健局, the signature, 我县 and 云岭县."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from ingest.structure.places import MASK, frequent_province, leading_places, named_place

_DELIMITER = re.compile(
    r"(?:19|20)[\dxX×_*○〇]{2}\s*年?\s*[-—–~至]*\s*|[xX×_*]{2,4}年|[二一][〇○零九][〇○零一二三四五六七八九]{2}年|"
    r"关于|年度|上半年|下半年|半年|全年|[《》“”\s]"
)
_UNIT_PRONOUN = re.compile(r"[我本](局|委|院|中心|所|站|校|厅|办|部|科|处|公司|队)(?![员门])")
_PLACE_PRONOUN = re.compile(r"([我全本])(省|市|州|盟|县|区|旗|镇|乡|街道)")
_SUPERIOR = re.compile(r"[^。；]{0,10}?(?:领导|指导|支持|关心|帮助|部署|要求|文件|印发|下发|会同|联合)")
_ANNOUNCED = re.compile(r"现[将就把](?P<what>(?![我本])[^。；]{4,60}?)(?:总结|汇报|报告|情况)")
_OPENING = 400


@cache
def _vocabulary() -> dict[str, str]:
    """The word lists of bodies.toml, each as the alternatives of a pattern, longest first."""
    table = tomllib.loads(files("ingest.structure").joinpath("bodies.toml").read_text(encoding="utf-8"))
    return {name: "|".join(sorted(words, key=len, reverse=True)) for name, words in table.items()}


@cache
def _mention() -> re.Pattern[str]:
    words = _vocabulary()
    return re.compile(
        rf"(?P<lead>[省市州盟县区旗镇乡])?"
        rf"(?P<body>(?:{words['fields']})(?:局|委员会|委|厅|办公室)|(?:{words['units']}))"
    )


def in_title(title: str) -> tuple[str | None, str | None]:
    """`(region, unit)` that a title names; the unit without its place (县卫生局 keeps its 县)."""
    region: str | None = None
    for segment in _DELIMITER.split(title):
        place, end = leading_places(segment)
        region = region or place
        unit = re.match(rf"[一-鿿xX×（）()]{{0,20}}(?:{_vocabulary()['suffixes']})(?!感染|管理局)", segment[end:])
        if unit is not None and not re.match(r"[全各]", unit.group()):
            return place or region, unit.group()
    return region, None


def signed(lines: Sequence[str]) -> tuple[str | None, str] | None:
    """The signature among the last lines: a line that is a body's name and nothing else."""
    for line in reversed([line.strip() for line in lines[-4:]]):
        found = _body_name(line)
        if found is not None:
            return found
    return None


def is_body_name(line: str) -> bool:
    """Whether a line is a body's name and nothing else, as a signature is."""
    return _body_name(line) is not None


def _body_name(line: str) -> tuple[str | None, str] | None:
    if not 4 <= len(line) <= 26:
        return None
    place, end = leading_places(line)
    unit = re.fullmatch(rf"[一-鿿xX×]{{0,20}}(?:{_vocabulary()['suffixes']})", line[end:])
    return None if unit is None else (place, unit.group())


def announced(text: str) -> tuple[str | None, str] | None:
    """The body in 现将云岭县人民医院2022年工作总结如下."""
    found = _ANNOUNCED.search(text[:1500])
    place, unit = in_title(found["what"]) if found is not None else (None, None)
    return (place, unit) if unit is not None else None


def spoken_unit(text: str) -> tuple[str, str] | None:
    """`(lead, unit)` of the body that says 我局, 我院 …, or that opens the text; lead is its rank's character or empty.

    Bodies under whose 领导 or 指导 the work was done are others.
    """
    pronouns = Counter(_UNIT_PRONOUN.findall(text))
    suffix = pronouns.most_common(1)[0][0] if pronouns else None
    counts: Counter[tuple[str, str]] = Counter()
    for found in _mention().finditer(text):
        if _SUPERIOR.match(text, found.end()) or (suffix is None and found.start() > _OPENING):
            continue
        if suffix is None or found["body"].endswith((suffix, "委员会") if suffix == "委" else suffix):
            counts[found["lead"] or "", found["body"]] += 1
    if not counts:
        named = suffix in ("局", "委") and "卫生健康" in text
        return (place_pronoun(text), f"卫生健康{suffix}") if named else None
    if suffix is None:
        lead, unit = next(iter(counts))
    else:
        lead, unit = max(counts, key=lambda pair: (counts[pair], len(pair[0] + pair[1])))
    if not lead:
        lead = next((other for other, same in counts if same == unit and other), "") or place_pronoun(text)
    return lead, unit


def lead_of(unit: str, text: str) -> str:
    """The rank's character that the text puts before the unit (县 for 卫健局), else that of 我县; may be empty."""
    leads = Counter(re.findall(rf"([省市州盟县区旗镇乡]){re.escape(unit)}", text))
    return leads.most_common(1)[0][0] if leads else place_pronoun(text)


def place_pronoun(text: str) -> str:
    """县 where the text says 我县 (or, failing that, 全县); empty where it says nothing of the kind."""
    found = _PLACE_PRONOUN.findall(text)
    home = [place for pronoun, place in found if pronoun != "全"]  # 我县 is at home, 全省第一 compares
    counts = Counter(home or [place for _, place in found])
    return counts.most_common(1)[0][0] if counts else ""


def region_of(lead: str, text: str, unit: str = "") -> str | None:
    """The place of that rank that the text is about; a masked one only where it stands with the unit, or early."""
    if not lead:
        return None
    if unit:
        masked = re.search(rf"(?<![A-Za-z\d]){MASK}{lead}(?={re.escape(unit)})", text)
        if masked is not None:
            return masked.group()
    return frequent_province(text) if lead == "省" else named_place(text, lead)
