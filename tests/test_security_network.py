"""No telemetry: the real commands turn to nobody but this machine, nor ask for anybody's name.

What the page has a browser do is watched by `test_ui_browser` and `test_ui_hostile`: there every request that leaves is
noticed in Chromium. That all works where there is no network at all is tried by `.ci/bundle/offline`.
"""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import anyio
import httpx
import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client

from eval.bench.page_client import User, asking_event
from ingest.readers.office.program import find_program
from tests.assistant_builders import COUNTY_2021, COUNTY_2022, FILES, ingest
from tests.cli_builders import REPORT
from tests.network_watch import Watch, arguments_of, sees_the_system
from tests.pdf_builders import drawn, running
from tests.reader_builders import docx_of, xlsx_of

OUTSIDE = "192.0.2.1"
"""Set aside for documents (RFC 5737): nobody's."""
QUESTION = "2022年青禾县两癌筛查完成多少人"
ORDER = "org: 青禾县卫生健康局\nyear: 2023\nkind: 全年工作计划\nsections: [妇幼健康, 慢病管理]\ncomposer: skeleton\n"

needs_strace = pytest.mark.skipif(
    not sees_the_system(), reason="strace is not to be had: what native code does by itself is not seen here"
)

ONE_AFTER_ANOTHER = """
import json, sys
from assistant.cli import main
for command in json.loads(sys.argv[1]):
    sys.argv = ["report-assistant", *command]
    try:
        main()
    except SystemExit as ended:
        print(f"ended {command[0]} {ended.code or 0}", flush=True)
"""
"""One process for all: what takes the time is loading the model."""


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    return Watch(tmp_path / "watch")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports in every format that is read without further programs."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "青禾2021.txt").write_text(COUNTY_2021, encoding="utf-8")
    (folder / "青禾2022.txt").write_text(COUNTY_2022, encoding="utf-8")
    # Markup that fetches, as far as a reader could be made to follow it.
    fetching = f'<img src="http://{OUTSIDE}/a.png"><link rel="stylesheet" href="http://{OUTSIDE}/a.css">'
    paragraphs = "".join(f"<p>{line}</p>" for line in REPORT.splitlines())
    (folder / "云岭2022.html").write_text(f"<html><body>{fetching}{paragraphs}</body></html>", encoding="utf-8")
    (folder / "白石2022.docx").write_bytes(docx_of(_paragraphs(REPORT.replace("云岭", "白石"))))
    (folder / "指标.xlsx").write_bytes(xlsx_of([["云岭县2022年指标", "完成"], ["两癌筛查", "10500人"]]))
    (folder / "双溪2022.pdf").write_bytes(drawn(running(REPORT.replace("云岭", "双溪"), x=70, y=760, width=30)))
    return folder


@pytest.mark.model
@needs_strace
def test_no_command_turns_to_anybody(watch: Watch, folder: Path, tmp_path: Path) -> None:
    home, order = tmp_path / "home", tmp_path / "order.yaml"
    order.write_text(ORDER, encoding="utf-8")
    environment = watch.environment(REPORT_ASSISTANT_HOME=str(home))
    commands = [
        ["ingest", str(folder)],
        ["ask", QUESTION],
        ["search", "两癌筛查"],
        ["figures", "--csv", str(tmp_path / "a.csv"), "--xlsx", str(tmp_path / "a.xlsx")],
        ["promises", "--org", "青禾县", "--year", "2022"],
        ["draft", str(order), "--docx", str(tmp_path / "draft.docx")],
        ["reports", "--quality"],
        ["models"],
        ["doctor"],
        ["rebuild"],
    ]
    code, out, err = watch.run("-c", ONE_AFTER_ANOTHER, json.dumps(commands), environment=environment)
    ended = re.findall(r"^ended (\w+) (\d)$", out, re.MULTILINE)
    assert code == 0 and ended == [(command[0], "0") for command in commands], (out, err)
    assert "10400人" in out and "已有向量" in out

    _ask_the_page(watch, environment)
    seen = watch.seen()
    assert len(seen.processes) >= 4, "the processes that read files and draw pages were not watched"
    assert seen.outside == ()


@needs_strace
def test_no_interface_turns_to_anybody(watch: Watch, tmp_path: Path) -> None:
    home = tmp_path / "home"
    ingest(home, FILES, embed=False)
    environment = watch.environment(REPORT_ASSISTANT_HOME=str(home))
    _ask_the_interface(watch, environment)
    _ask_over_mcp(watch, environment)
    seen = watch.seen()
    assert len(seen.processes) >= 2 and seen.outside == ()


@needs_strace
@pytest.mark.skipif(find_program() is None, reason="needs LibreOffice")
def test_a_document_that_links_elsewhere_has_nothing_fetched(watch: Watch, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET", encoding="utf-8")
    for name, field in (
        ("picture", f'INCLUDEPICTURE "http://{OUTSIDE}/a.png" \\\\d'),
        ("text", f'INCLUDETEXT "{secret.as_uri()}"'),
    ):
        linked = rf"{{\field{{\*\fldinst {field}}}{{\fldrslt }}}}"
        text = rf"{{\rtf1\ansi{{\*\template http://{OUTSIDE}/a.dot}}\pard Report of 2022.\par {linked}\par}}"
        (tmp_path / f"{name}.rtf").write_text(text, encoding="ascii")
    read = (
        "import sys; from pathlib import Path; from ingest.readers import read_document\n"
        "for name in sys.argv[1:]:\n    print(read_document(Path(name), Path(name).read_bytes()).text)"
    )
    files = [str(path) for path in sorted(tmp_path.glob("*.rtf"))]
    code, out, err = watch.run("-c", read, *files, environment=watch.environment())
    assert code == 0 and out.count("Report of 2022.") == 2 and "TOPSECRET" not in out, err
    assert watch.seen().outside == ()


@needs_strace
@pytest.mark.parametrize(
    "act",
    [
        f"import socket; socket.socket().connect_ex(('{OUTSIDE}', 9))",
        f"import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('{OUTSIDE}', 9))",
        "import socket; socket.getaddrinfo('telemetry.example.invalid', 443)",
    ],
    ids=["connects", "sends", "looks a name up"],
)
@pytest.mark.parametrize("how", ["itself", "a child of it"])
def test_whoever_turns_outside_is_seen_twice(watch: Watch, act: str, how: str) -> None:
    act = f"import signal; signal.setitimer(signal.ITIMER_REAL, 1.5)\n{act}"
    if how == "a child of it":
        act = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {act!r}], start_new_session=True)"
    watch.run("-c", act, environment=watch.environment())
    seen = watch.seen()
    assert seen.outside and set(seen.by_python) & {OUTSIDE, "telemetry.example.invalid"}
    assert any(place == OUTSIDE or "name server" in place for place in seen.by_system)


@needs_strace
def test_native_code_is_seen_where_python_hears_nothing(watch: Watch) -> None:
    act = (
        "import ctypes, signal, socket, struct; signal.setitimer(signal.ITIMER_REAL, 1.5)\n"
        f"place = struct.pack('=HH4s8x', socket.AF_INET, socket.htons(9), socket.inet_aton('{OUTSIDE}'))\n"
        "made = ctypes.CDLL(None).socket(socket.AF_INET, socket.SOCK_DGRAM, 0)\n"
        "ctypes.CDLL(None).connect(made, place, len(place))"
    )
    watch.run("-c", act, environment=watch.environment())
    assert watch.seen().by_python == () and watch.seen().outside == (OUTSIDE,)


@needs_strace
def test_the_one_way_out_is_the_language_model_that_was_configured(watch: Watch, folder: Path, tmp_path: Path) -> None:
    environment = watch.environment(
        REPORT_ASSISTANT_HOME=str(tmp_path / "home"),
        REPORT_ASSISTANT_LLM_BASE_URL=f"http://{OUTSIDE}:9/v1",
        REPORT_ASSISTANT_LLM_MODEL="any",
        REPORT_ASSISTANT_LLM_SECONDS="2",
    )
    watch.run(*arguments_of(["models", "--test"]), environment=environment)
    assert set(watch.seen().outside) == {OUTSIDE}


def _paragraphs(text: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())


def _ask_the_page(watch: Watch, environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    with watch.started(*arguments_of(["ui", "--no-browser", "--port", port]), environment=environment) as page:

        async def ask(url: str) -> None:
            async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=120) as client:
                asked = await User(client, asking_event((await client.get("/config")).json())).ask(QUESTION)
                pages = [(await client.get(f"/pages/{file}/1.png")).status_code for file in range(1, 7)]
            assert asked.well and pages.count(200) == 1, pages  # one file of the folder is a PDF

        asyncio.run(ask(_url(page)))
        _stop(page)


def _ask_the_interface(watch: Watch, environment: dict[str, str]) -> None:
    with watch.started(*arguments_of(["api", "--port", "0"]), environment=environment) as served:
        url = _url(served)
        transport = httpx.HTTPTransport(retries=5)
        with httpx.Client(base_url=url, trust_env=False, timeout=120, transport=transport) as client:
            answered = client.get("/api/ask", params={"question": QUESTION})
        assert "10400人" in answered.json()["answer"]
        _stop(served)


def _ask_over_mcp(watch: Watch, environment: dict[str, str]) -> None:
    command, *arguments = watch.command(*arguments_of(["mcp"]))

    async def talk() -> None:
        with anyio.fail_after(120):
            started = StdioServerParameters(command=command, args=arguments, env=environment)
            async with stdio_client(started) as (reading, writing), ClientSession(reading, writing) as session:
                await session.initialize()
                asked = await session.call_tool("ask", {"question": QUESTION})
                assert "10400人" in str(asked.content)

    anyio.run(talk)


def _url(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
    assert found, server.stderr and server.stderr.read()
    return found[0]


def _stop(server: subprocess.Popen[str]) -> None:
    server.send_signal(signal.SIGINT if sys.platform != "win32" else signal.SIGTERM)
    server.communicate(timeout=60)
