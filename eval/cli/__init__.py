"""The commands of `python -m eval`, a file for each sort."""

from __future__ import annotations

import typer

from eval.cli import answers, drafting, reports
from eval.cli.bench import bench
from eval.cli.screenshots import screenshots

app = typer.Typer(
    name="python -m eval",
    help="从外面衡量报告档案助手：标准题、检索、速度。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(bench, name="bench")
app.command(help="用标准题集给作答打分。")(answers.run)
app.command(help="两种作答方式并列：摘录，与一个或几个语言模型。")(answers.composers)
app.command(help="用 SQuAD 格式的问题衡量检索。")(answers.retrieval)
app.command(help="衡量指标：抽取、台账、两年对照、按各种问法提问、兑现对照；与样例档案的事实表、与人工标注对照。")(
    reports.figures
)
app.command(help="衡量起草：提纲与真实发布的计划对照，各节的指标来源、时段、雷同与格式。")(drafting.draft)
app.command(help="衡量读入：报告切分、部分与时段、损坏标记、原文回溯、异常文件、中断与速度。")(reports.reading)
app.command(help="衡量是否会听从藏在报告、问题或前文里的指令，以及真实的数字是否仍能答出。")(answers.injections)
app.command(help="生成虚构的样例档案。")(reports.sample)
app.command(help="给手册截图：每个页签，浅色和深色，宽屏和手机。")(screenshots)
