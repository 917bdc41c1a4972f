"""Options that several commands of `python -m eval` have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Home = Annotated[Path | None, typer.Option(help="导入到这个档案目录并保留，再次运行时重用")]
Data = Annotated[Path, typer.Option(help="数据文件夹，其中的 archive 有真实报告；没有时跳过相应项目")]
Topics = Annotated[list[str] | None, typer.Argument(help="只问这些项目；默认全部")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="列出每一处错误")]
Faults = Annotated[bool, typer.Option("--verbose", "-v", help="列出每道有问题的题")]
Strict = Annotated[bool, typer.Option("--strict", help="有一项未达要求则退出码为1")]
Composer = Annotated[str, typer.Option(help="extractive 或 llm")]
Gold = Annotated[Path | None, typer.Option(help="标准题集；默认是样例档案的")]
Reports = Annotated[Path | None, typer.Option(help="报告文件夹或档案目录；默认是生成的样例档案")]
Rounds = Annotated[int, typer.Option(min=1, help="跑几遍取中位数")]
Out = Annotated[Path | None, typer.Option(help="把全部结果（含每题的回答）写成 JSON 文件")]
Least = Annotated[
    str | None, typer.Option("--min", help="下限，如 right=0.8,abstention_precision=0.9；达不到则退出码为1")
]
Most = Annotated[str | None, typer.Option("--max", help="上限，如 leaks=0,p95=0.5；超过则退出码为1")]

SHARED = Path("../shared")
"""Where the data usually is, beside the project."""
