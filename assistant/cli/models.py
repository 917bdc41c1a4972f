"""`models`: which language model is set, where it runs, whether it answers; how to set one."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.output import print_json

if TYPE_CHECKING:
    from assistant.models.check import Check
    from assistant.models.types import ModelInfo
    from ingest.errors import ReportAssistantError
    from ingest.settings import Settings

_HOW = """没有语言模型也能提问：回答由档案原文摘录而成。要让语言模型来写，任选一种：

一、接口（DeepSeek、通义千问、vLLM、Ollama、本单位自建的服务等，须与 OpenAI 兼容）
    REPORT_ASSISTANT_LLM_BASE_URL   地址，通常以 /v1 结尾，如 http://127.0.0.1:11434/v1
    REPORT_ASSISTANT_LLM_MODEL      模型名
    REPORT_ASSISTANT_LLM_API_KEY    密钥；不需要密钥的服务不用设
二、本机的模型文件（GGUF 格式），不联网
    {install}
    REPORT_ASSISTANT_LLM_GGUF       文件的位置

设为环境变量，或写进档案目录的 settings.toml（如 llm_base_url = "…"）。设好后运行 report-assistant models --test。"""


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(help="说明配置了哪个语言模型、在哪里运行；--test 试一次。")(models)


def models(
    test: Annotated[bool, typer.Option("--test", help="向模型提一个小问题，看它是否回答、有多快")] = False,
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """List, test and explain what is set; exit code 1 when the test fails."""
    from assistant.models import close_models, configured
    from assistant.models.check import check_model
    from ingest.errors import ReportAssistantError
    from ingest.settings import load_settings

    settings = load_settings()
    info, checked, fault = None, None, None
    try:
        info = configured(settings)
        if info is not None and not test:
            _check_settings(settings, info)
    except ReportAssistantError as error:
        fault = error
    if not json_:
        typer.echo("\n".join(_lines(settings, info)))
    if test and fault is None:
        try:
            checked = check_model(settings)
        except ReportAssistantError as error:
            fault = error
        finally:
            close_models()
    if json_:
        print_json(_as_json(settings, info, checked, fault))
    elif checked is not None:
        typer.echo("\n".join(_measured(checked)))
    if fault is not None:
        if json_:
            raise typer.Exit(1)
        raise fault


def _check_settings(settings: Settings, info: ModelInfo) -> None:
    """What can be known to be wrong without asking or loading anything. Raises BadSettings."""
    if info.kind == "file" and settings.llm_gguf is not None:
        from assistant.models.local import check_file

        check_file(settings.llm_gguf)


def _lines(settings: Settings, info: ModelInfo | None) -> list[str]:
    if info is None:
        if settings.llm_base_url:
            return ["语言模型：接口的地址不能用"]
        from assistant.models.local import INSTALL

        return ["还没有配置语言模型。", _HOW.format(install=INSTALL)]
    lines = [f"语言模型：{info.name or '由接口决定（没有设 REPORT_ASSISTANT_LLM_MODEL）'}", f"在哪里：{info.where}"]
    if info.kind == "endpoint":
        lines += [f"地址：{_public(settings)}", f"密钥：{'已设置' if settings.llm_api_key else '没有设置'}"]
    else:
        lines += [f"文件：{settings.llm_gguf}{_size(settings)}"]
    lines.append(f"时限：每次回答最多 {settings.llm_seconds:g} 秒")
    if info.local:
        lines.append("去向：问题和用到的档案原文不离开这台电脑。")
    else:
        lines.append(f"去向：用语言模型回答时，问题和用到的档案原文会发给 {info.where.split()[-1]}，不发给别处。")
    if info.kind == "endpoint" and settings.llm_gguf is not None:
        lines.append(f"提示：也设了模型文件 {settings.llm_gguf.name}；两样都设时用接口，要用文件请去掉接口的地址。")
    return lines


def _measured(check: Check) -> list[str]:
    opened = "载入" if check.info.kind == "file" else "准备"
    lines = [
        f"测试：{opened} {check.load_seconds:.1f} 秒，{check.first_seconds:.1f} 秒后开始回答，共 {check.seconds:.1f} 秒"
    ]
    rates = []
    if check.prompt_rate is not None:
        rates.append(f"每秒读入约 {check.prompt_rate:.0f} 个词元")
    if check.answer_rate is not None:
        rates.append(f"每秒写出约 {check.answer_rate:.0f} 个词元")
    if rates:
        lines.append(f"速度：{'，'.join(rates)}")
    lines.append(f"它说：{' '.join(check.said.split())}" if check.said.strip() else "它没有写出任何文字。")
    return lines


def _as_json(
    settings: Settings, info: ModelInfo | None, check: Check | None, fault: ReportAssistantError | None
) -> dict[str, Any]:
    endpoint = file = measured = None
    if settings.llm_base_url:
        url = None if info is None else _public(settings)
        endpoint = {"base_url": url, "model": settings.llm_model, "has_key": bool(settings.llm_api_key)}
    if settings.llm_gguf is not None:
        from assistant.models.local import is_installed

        file = {"path": str(settings.llm_gguf), "bytes": _bytes(settings), "installed": is_installed()}
    if check is not None:
        measured = {key: value for key, value in asdict(check).items() if key != "info"}
        info = check.info
    return {
        "answers": None if info is None else asdict(info),
        "leaves_this_machine": info is not None and not info.local,
        "endpoint": endpoint,
        "file": file,
        "seconds": settings.llm_seconds,
        "test": measured,
        "fault": None if fault is None else {"fault": fault.fault, "remedy": fault.remedy},
    }


def _public(settings: Settings) -> str:
    from assistant.models.address import Address

    return Address.parse(settings.llm_base_url or "").public_url


def _size(settings: Settings) -> str:
    size = _bytes(settings)
    return "" if size is None else f"（{size / 1e6:.0f} MB）"


def _bytes(settings: Settings) -> int | None:
    try:
        return None if settings.llm_gguf is None else settings.llm_gguf.stat().st_size
    except OSError:
        return None
