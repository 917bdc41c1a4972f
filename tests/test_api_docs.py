"""What is written about the interface is true: the examples run, the page loads nothing, nothing is left out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.api.errors import STATUS
from assistant.service import Assistant
from tests.api_builders import ANSWER, client, listening, made
from tests.assistant_builders import FILES, assistant_over

DOCS = (Path(__file__).parents[1] / "docs" / "api.zh-CN.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```bash\n(.*?)```", DOCS, re.DOTALL)
WRITTEN_FOR = "http://127.0.0.1:7861"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(tmp_path_factory.mktemp("docs") / "home", FILES) as opened:
        yield opened


@pytest.fixture(scope="module")
def url(assistant: Assistant) -> Iterator[str]:
    with listening(made(lambda: assistant)) as url:
        yield url


@pytest.mark.skipif(shutil.which("curl") is None or shutil.which("bash") is None, reason="needs curl and bash")
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split()[2].rpartition("7861")[2])
def test_the_examples_of_the_docs_run(example: str, url: str) -> None:
    ran = subprocess.run(["bash", "-c", example.replace(WRITTEN_FOR, url)], capture_output=True, timeout=60)
    told = ran.stdout.decode()
    assert ran.returncode == 0 and told, ran
    if '"stream"' in example:
        assert told.rstrip().splitlines()[-2] == "event: finished"
    else:
        found = json.loads(told)
        assert found and "error" not in found


def test_the_program_of_the_docs_runs(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL)
    exec(program.replace(WRITTEN_FOR, url).replace("令牌", "token"), {})
    said, *_, quote = capsys.readouterr().out.strip().splitlines()
    assert said == f"{ANSWER}〔1〕" and quote == ANSWER


def test_every_error_is_explained() -> None:
    explained = {kind: int(status) for status, kind in re.findall(r"^\| (\d{3}) \| `(\w+)` \|", DOCS, re.MULTILINE)}
    assert explained == STATUS


def test_the_mcp_configuration_is_json() -> None:
    written = next(block for block in re.findall(r"```json\n(.*?)```", DOCS, re.DOTALL) if "mcpServers" in block)
    (server,) = json.loads(written)["mcpServers"].values()
    assert (server["command"], server["args"]) == ("report-assistant", ["mcp"])


class _Loads(HTMLParser):
    """Collects whatever a page would load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Every tag that loads or runs something."""
        if tag in ("script", "link", "img", "iframe", "object") or any(name in ("src", "style") for name, _ in attrs):
            self.found.append(tag)


class TestDescription:
    def test_the_page_loads_nothing_and_runs_nothing(self, assistant: Assistant) -> None:
        answered = client(lambda: assistant).get("/api/docs")
        loads = _Loads()
        loads.feed(answered.text)
        assert loads.found == [] and "http://" not in answered.text and "https://" not in answered.text
        assert "default-src 'none'" in answered.headers["content-security-policy"]

    def test_the_page_names_every_address_and_parameter(self, assistant: Assistant) -> None:
        api = client(lambda: assistant)
        page, described = api.get("/api/docs").text, api.get("/api/openapi.json").json()
        assert all(path in page for path in described["paths"])
        assert all(f"<code>{name}</code>" in page for name in ("question", "history", "composer", "year", "org", "k"))

    def test_every_parameter_is_described_in_both_languages(self, assistant: Assistant) -> None:
        described = client(lambda: assistant).get("/api/openapi.json").json()
        schemas = described["components"]["schemas"]
        for name in ("AskCall", "Search", "Figures", "DraftCall"):
            for field, about in schemas[name]["properties"].items():
                said = about.get("description", "")
                assert re.search("[\u4e00-\u9fff]", said) and re.search("[A-Za-z]{3}", said), (name, field)

    def test_every_call_tells_of_its_errors_and_its_token(self, assistant: Assistant) -> None:
        described = client(lambda: assistant).get("/api/openapi.json").json()
        calls = [call for methods in described["paths"].values() for call in methods.values()]
        assert len(calls) >= 11 and all("default" in call["responses"] for call in calls)
        assert "422" not in json.dumps([call["responses"] for call in calls])
        assert sum("security" in call for call in calls) == len(calls) - 1
