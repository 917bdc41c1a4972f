"""The commands of `python -m eval`, a file for each sort."""

from __future__ import annotations

import typer

from eval.cli import answers, drafting, quality, reports
from eval.cli.bench import bench
from eval.cli.failures import failures
from eval.cli.fuzzing import fuzz
from eval.cli.peers import peers
from eval.cli.report import report
from eval.cli.screenshots import screenshots
from eval.cli.student import student

app = typer.Typer(
    name="python -m eval",
    help="从外面衡量报告档案助手：标准题、检索、速度。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(bench, name="bench")
app.add_typer(student, name="student")
app.command(help="用标准题集给作答打分。")(answers.run)
app.command(help="两种作答方式并列：摘录，与一个或几个语言模型。")(answers.composers)
app.command(help="用 SQuAD 格式的问题衡量检索。")(answers.retrieval)
app.command(help="按题型衡量检索：直接检索，与作答前实际取用的段落。")(quality.retrieval_kinds)
app.command(help="逐一去掉一个部件（全文检索、向量、标题、限定范围、核对），看各值多少。")(quality.ablate)
app.command(help="把答错的题按原因分组，附例。")(quality.causes)
app.command(help="衡量指标：抽取、台账、两年对照、按各种问法提问、兑现对照；与样例档案的事实表、与人工标注对照。")(
    reports.figures
)
app.command(help="衡量起草：提纲与真实发布的计划对照，各节的指标来源、时段、雷同与格式。")(drafting.draft)
app.command(help="衡量读入：报告切分、部分与时段、损坏标记、原文回溯、异常文件、中断与速度。")(reports.reading)
app.command(help="衡量是否会听从藏在报告、问题或前文里的指令，以及真实的数字是否仍能答出。")(answers.injections)
app.command(help="与同类并列：同一批文件和问题，速度、检索与作答（各对照装在自己的虚拟环境里）。")(peers)
app.command(help="一份总报告：依次运行各项衡量，保存结果，与上次比较，生成网页和 README 里的表。")(report)
app.command(help="衡量出故障时：中断、磁盘已满、只读、索引和数据库损坏、占用、时钟跳动、一天的工作。")(failures)
app.command(help="模糊测试：用变异的文件、文字、问题和请求试各个读取环节，看有没有出错、超时或越界。")(fuzz)
app.command(help="生成虚构的样例档案。")(reports.sample)
app.command(help="给手册截图：每个页签，浅色和深色，宽屏和手机。")(screenshots)
