"""Reports to be read beside an answer: a PDF of two pages, and a text far too long to be shown at once."""

from __future__ import annotations

from functools import cache

from tests.pdf_builders import drawn, running, text

REPORT_PDF = "苍梧 总结（2023）.pdf"
MANY = 120

_FIRST = (
    "一年来，全县卫生健康系统坚持以人民健康为中心，各项工作平稳推进。",
    "新建村卫生室24所，配备健康一体机60台，乡镇卫生院标准化建设全部完成。",
    "选派业务骨干到市级医院进修45人次，开展适宜技术培训12期，基层服务能力稳步提高。",
)
_SECOND = (
    "全年家庭医生签约服务8.4万人，其中重点人群签约率为91.5%，履约随访及时率有明显提高，群众满意度进一步提升。",
    "规范管理高血压患者12345人，规范管理率为86.2%。",
)


@cache
def report_pdf() -> bytes:
    """A summary of two pages; what it says of contracts stands on the second, over several lines. Made once: a PDF
    tells when it was made.
    """
    one = [text(150, 770, "苍梧县卫生健康局2023年工作总结", size=18), text(88, 720, "一、基层服务")]
    two = [text(88, 780, "二、家庭医生签约")]
    for draws, lines, y in ((one, _FIRST, 690), (two, _SECOND, 750)):
        for line in lines:
            draws += running(line, x=60, y=y, width=33)
            y -= 28 * (1 + (len(line) + 1) // 33)
    two.append(text(330, 560, "苍梧县卫生健康局"))
    return drawn(one, two)


LONG = "长河县卫生健康局2023年工作总结\n\n一、主要工作\n" + "".join(
    f"（{number}）第{number}项任务。2023年第{number}项任务完成{number * 7}件，"
    f"{'各乡镇按照要求逐项对照检查，落实责任，形成台账，及时整改，' * 6}第{number}项任务全部办结。\n"
    for number in range(1, MANY + 1)
)
