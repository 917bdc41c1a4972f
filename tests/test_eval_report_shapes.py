"""The table of parts and the commands' JSON fit together: every row is found where the table says that it stands."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

import pytest

from eval.bench.ask import Latency
from eval.bench.backends import BackendBench, BackendSpeed, IngestSpeed
from eval.bench.demo import Demo
from eval.bench.ingest import IngestBench
from eval.bench.opening import Opening
from eval.bench.readers import Shared
from eval.bench.readers import Wait as Searching
from eval.bench.start import Start
from eval.bench.users import Crowd, Wait
from eval.metrics.summary import summarise
from eval.peers.registry import chosen
from eval.peers.run import Result
from eval.report.parts import all_parts
from eval.report.picked import pick
from eval.retrieval import Timed, ranking
from eval.run import Run
from eval.scale.run import Scale, Size
from tests.eval_report_builders import score

RANKS = (1, 1, 3, None)
WAIT = Wait(4, 0, 0.1, 0.2, 0.3, 0.1)
CROWD = Crowd(30, WAIT, WAIT, 20.0, 22.0, 900.0, 950.0, 2400)
SEARCHING = Searching(9, 0.01, 0.02, 0.03)
SCORES = (score("a"), score("b", wrong=("缺12",)), replace(score("c"), expects_abstention=True, abstained=True))


def backends() -> BackendBench:
    names = ("textbook float32", "ours float32", "ours int8")
    speeds = tuple(BackendSpeed(name, 1.0, 2.0, 900.0, 1400.0, 1.5, 0.999, 0.99) for name in names)
    ingests = tuple(IngestSpeed(one, 9.0, 1.0, 1.5, 9.0) for one in ("float32", "int8"))
    return BackendBench(10, 1000, 1500, speeds, ingests, ("onnxruntime int8",))


def size(passages: int) -> Size:
    return Size(
        passages, 90.0, 800.0, 700.0, 3.0, 4.0, 40, 5.0, 9.0, {"all": (5.0, 9.0)}, 4.0, 3.0, 500.0, 9, 40.0, 90.0, 900.0
    )


def peers() -> dict[str, Any]:
    values = {"squad.recall_at_1": 0.9, "sample.ingest_seconds": 9.0, "answers.right": 0.5}
    result = Result()
    result.peers |= {"ours": dict(values), "langchain": {**values, "answers.right": 0.6}}
    return result.to_json(chosen(["langchain"]), ())


BODIES: dict[str, Any] = {
    "retrieval": Timed(ranking(RANKS), 9.0, 3.0, RANKS).to_json(),
    "retrieval-traditional": Timed(ranking(RANKS), 9.0, 3.0, RANKS).to_json(),
    "run-sample": Run(({}, {}, {}), SCORES, {"fact": summarise(SCORES), "total": summarise(SCORES)}).to_json(),
    "run-seeds": Run(({}, {}, {}), SCORES, {"total": summarise(SCORES)}).to_json(),
    "ingest": IngestBench(1, 1000, 1.0, 2.0, 9.0, 0.5, 1.0, 20.0).to_json(),
    "ask": Latency(9, 0.04, 0.1, 0.2).to_json(),
    "start": asdict(Start(0.2, 4.0)),
    "opening": asdict(Opening(1.5, 0.6, 0.7)),
    "demo": asdict(Demo(138.0, 4.0)),
    "users": CROWD.to_json(),
    "memory": CROWD.to_json(),
    "backends": backends().to_json(),
    "readers": Shared(4, 100, "files", SEARCHING, SEARCHING, 1, 1, 1, 9, 0, 0, 0, 0, ()).to_json(),
    "scale": Scale((size(1_000), size(100_000), size(1_000_000)), True).to_json(),
    "peers": peers(),
}


@pytest.mark.parametrize("name", BODIES)
def test_every_row_is_found_in_what_the_command_prints(name: str) -> None:
    part = next(one for one in all_parts() if one.name == name)
    picked = pick(part, json.loads(json.dumps(BODIES[name])))
    assert picked.missing == ()
    assert {row.key for row in part.specs()} <= {one.field or one.key for one in picked.figures}
    assert not [one.key for one in picked.figures if one.value is None]


def test_a_share_has_its_interval_and_questions_their_verdict() -> None:
    part = next(one for one in all_parts() if one.name == "run-sample")
    picked = pick(part, BODIES["run-sample"])
    assert (picked.asked, picked.wrong) == (3, ("b",))
    found = {one.key: one for one in picked.figures}
    for key in ("right", "figures_traced", "quotes_verbatim", "citation_precision", "fact/kind_right"):
        assert found[key].low is not None and found[key].n, key


def test_a_row_of_quality_behind_a_peer_misses_the_goal_and_has_its_reason() -> None:
    part = next(one for one in all_parts() if one.name == "peers")
    picked = pick(part, BODIES["peers"])
    behind = next(one for one in picked.figures if one.key == "behind")
    assert (behind.value, behind.kept) == (1.0, False)
    assert any(line.startswith("answers: answers right: langchain") for line in picked.remarks)
