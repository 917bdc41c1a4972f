"""What went wrong with a language model, in one Chinese line; the technical text is for the log."""

from __future__ import annotations

from ingest.errors import ModelUnreachable

_LATER = "请稍后再试，或先用摘录方式回答"
_TOO_LONG = "请换用能读更长内容的模型，或先用摘录方式回答"
_SETTINGS = "请检查地址（通常以 /v1 结尾）、模型名和密钥，运行 report-assistant models --test 可再试"


class CutStreamError(Exception):
    """The endpoint stopped in the middle of its answer."""


class NoAnswerError(Exception):
    """What came back is no answer of an OpenAI-compatible endpoint."""


def unreachable(error: BaseException) -> ModelUnreachable:
    """The line for a clerk, whatever the model raised."""
    return ModelUnreachable(*_told(error))


def late(seconds: float, *, started: bool) -> ModelUnreachable:
    """The line for a model that did not begin, or did not end, in time."""
    what = "没有答完" if started else "没有开始回答"
    remedy = "请稍后再试，或把 REPORT_ASSISTANT_LLM_SECONDS 设大一些"
    return ModelUnreachable(f"语言模型在 {seconds:g} 秒内{what}", remedy)


def _told(error: BaseException) -> tuple[str, str]:
    names = {kind.__name__ for kind in type(error).__mro__}
    if "ContextOverflowError" in names:
        return "发给语言模型的内容太长", _TOO_LONG
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _of_status(status)
    if isinstance(error, CutStreamError) or names & {"RemoteProtocolError", "ReadError"}:
        return "语言模型的回答中途断开", _LATER
    if names & {"APITimeoutError", "TimeoutException", "TimeoutError"}:
        return "语言模型没有及时回应", _LATER
    if names & {"APIConnectionError", "TransportError", "ConnectionError"}:
        return "连不上语言模型", "请检查它的地址和网络，并确认服务已经启动"
    if isinstance(error, NoAnswerError) or names & {"JSONDecodeError", "APIResponseValidationError"}:
        return "语言模型接口返回的内容无法识别", _SETTINGS
    return f"语言模型出错（{type(error).__name__}）", _LATER


def _of_status(status: int) -> tuple[str, str]:
    if status == 401:
        return "语言模型接口不接受密钥（401）", "请检查 REPORT_ASSISTANT_LLM_API_KEY"
    if status == 402:
        return "语言模型接口的账户余额不足（402）", "请充值，或改用别的模型"
    if status == 403:
        return "语言模型接口拒绝访问（403）", "请检查密钥是否有权使用这个模型"
    if status == 404:
        return "语言模型接口没有这个地址或模型（404）", _SETTINGS
    if status == 413:
        return "发给语言模型的内容太长（413）", _TOO_LONG
    if status == 429:
        return "语言模型接口限制了访问次数（429）", _LATER
    if status >= 500:
        return f"语言模型接口内部出错（{status}）", _LATER
    if 300 <= status < 400:
        return (
            f"语言模型接口要求转到别的地址（{status}）",
            "未经设置不会转去，请把 REPORT_ASSISTANT_LLM_BASE_URL 改成实际地址",
        )
    return f"语言模型接口不接受请求（{status}）", _SETTINGS
