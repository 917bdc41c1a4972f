"""Wrongly typed commands, in one Chinese line instead of the library's English box."""

from __future__ import annotations

import re

import typer

UsageError: type[Exception] = typer.BadParameter.__bases__[0]
"""The base of everything that is wrong with a command line; Typer does not export it under a name."""

_CHOICES = re.compile(r" is not one of (.+)$")
_HELP = "用法见 report-assistant {command}--help"


def in_chinese(error: Exception) -> str:
    """What is wrong with the command line and where to look it up."""
    context = getattr(error, "ctx", None)
    command = context.command_path.partition(" ")[2] + " " if context is not None and context.parent is not None else ""
    return f"{_fault(error)}，{_HELP.format(command=command)}。"


def _fault(error: Exception) -> str:
    kind, message = type(error).__name__, str(getattr(error, "message", error)).rstrip(".。")
    parameter = getattr(error, "param", None)
    if kind == "MissingParameter" and parameter is not None:
        return f"缺少 {_named(parameter)}"
    if kind == "NoSuchOption":
        return f"没有 {getattr(error, 'option_name', '')} 这个选项"
    if message.startswith("No such command"):
        return f"没有 {message.removeprefix('No such command').strip()} 这个命令"
    if parameter is not None and (choices := _CHOICES.search(message)):
        known = "、".join(re.findall(r"'([^']*)'", choices[1]))
        return f"{_named(parameter)} 只能是 {known} 之一"
    if parameter is not None:
        return f"{_named(parameter)} 的值不合要求（{message}）"
    return message if not message.isascii() else f"命令写得不对（{message}）"


def _named(parameter: object) -> str:
    """An option as it is typed, an argument by what it stands for."""
    if getattr(parameter, "param_type_name", "") == "option":
        return str(getattr(parameter, "opts", ["选项"])[0])
    return str(getattr(parameter, "help", None) or getattr(parameter, "name", "参数"))
