"""Calculates `computed` values again: the operands must be quoted figures, and the arithmetic must be right."""

from __future__ import annotations

import ast
import re
from decimal import Decimal, DivisionByZero, InvalidOperation

from eval.metrics.figures import Figure, figures
from eval.metrics.text import plain

_OPERAND = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?(?:[%‰]|[十百千万亿]{1,2})?")
_PERCENT_STEP = re.compile(r"\*100%?$")
_SCALES = tuple(Decimal(10) ** power for power in (0, 1, 2, 3, 4, 7, 8))
_OPERATIONS = {
    ast.Add: Decimal.__add__,
    ast.Sub: Decimal.__sub__,
    ast.Mult: Decimal.__mul__,
    ast.Div: Decimal.__truediv__,
}


def computed_fault(value: str, expression: str, quoted: frozenset[tuple[object, ...]]) -> str | None:
    """What is wrong with `value` as the result of `expression`, in Chinese; None if nothing.

    quoted: the figures of the quotes (`possible_figures`). Every operand must be one of them; the whole numbers 1 and
    100 are allowed beside them (growth, per cent), and the number of terms as the divisor of a mean. Operands may leave
    out a magnitude that the quotes have (110 for 110万) if all leave out the same one, and the result is then in it.
    """
    shown = figures(value)
    if len(shown) != 1 or shown[0].kind not in ("number", "percent", "permille"):
        return f"计算值“{value}”应为一个数字"
    text = re.sub(r"\s+", "", plain(expression)).replace("×", "*").replace("÷", "/")
    if shown[0].kind == "percent":
        text = _PERCENT_STEP.sub("", text)
    operands = [figures(match[0])[0] for match in _OPERAND.finditer(text)]
    names = iter(range(len(operands)))
    try:
        tree = ast.parse(_OPERAND.sub(lambda _: f"v{next(names)}", text), mode="eval").body
    except (SyntaxError, ValueError):
        return f"算式“{expression}”不成立"
    if not isinstance(tree, ast.BinOp):
        return f"算式“{expression}”没有可核对的运算"
    results: list[Decimal] = []
    for scale in _SCALES:
        values = [
            _worth(operand, quoted, scale, _may_be_constant(operand, text, len(operands))) for operand in operands
        ]
        if (known := [worth for worth in values if worth is not None]) and len(known) == len(values):
            try:
                results.append(_evaluate(tree, known))
            except (DivisionByZero, InvalidOperation, ValueError):
                return f"算式“{expression}”算不出来"
    if not results:
        return f"算式“{expression}”的运算数不全在引文中"
    if any(_rounds_to(result, shown[0]) for result in results):
        return None
    return f"算式“{expression}”得 {_readable(results[0], shown[0])}，不是 {value}"


def _worth(operand: Figure, quoted: frozenset[tuple[object, ...]], scale: Decimal, constant: bool) -> Decimal | None:
    """The amount the operand stands for; None if it is not quoted (short of the magnitude `scale`)."""
    if scale == 1 and operand.key in quoted:
        return operand.value
    if operand.kind == "number" and operand.scale == 1:
        if ("number", operand.digits, scale) in quoted:
            return operand.digits * scale
        if scale == 1 and ("percent", operand.digits) in quoted:
            return operand.digits
        if constant:
            return operand.digits
    return None


def _may_be_constant(operand: Figure, text: str, operands: int) -> bool:
    is_mean = operands > 2 and operand.digits == operands - 1 and text.endswith(f")/{operand.text}")
    return operand.digits in (1, 100) or is_mean


def _evaluate(node: ast.expr, values: list[Decimal]) -> Decimal:
    if isinstance(node, ast.Name) and node.id.startswith("v"):
        return values[int(node.id[1:])]
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        return _OPERATIONS[type(node.op)](_evaluate(node.left, values), _evaluate(node.right, values))
    raise ValueError(f"not arithmetic: {type(node).__name__}")


def _rounds_to(result: Decimal, shown: Figure) -> bool:
    """Whether `result` rounded to the places shown is the value shown; the sign is left to the words around it."""
    return abs(abs(_in_unit(result, shown)) - shown.digits) <= _half_place(shown)


def _in_unit(result: Decimal, shown: Figure) -> Decimal:
    """A ratio as per cent or per mille, an amount in the magnitude shown."""
    return result * {"percent": 100, "permille": 1000}.get(shown.kind, 1) / shown.scale


def _half_place(shown: Figure) -> Decimal:
    decimals = re.search(r"\.([0-9]+)", shown.text)
    return Decimal(5) / Decimal(10) ** (len(decimals[1]) + 1 if decimals else 1)


def _readable(result: Decimal, shown: Figure) -> str:
    return f"{_in_unit(result, shown):.4f}".rstrip("0").rstrip(".") + {"percent": "%", "permille": "‰"}.get(
        shown.kind, ""
    )
