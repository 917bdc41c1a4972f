"""The words of the page: both languages have the same names, and a word is said in the language of the page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

from ui import strings
from ui.page import speaking

ROOT = Path(strings.__file__).parent
ROOMS = sorted(path.stem for path in (ROOT / "zh").glob("*.py") if path.stem != "__init__")
_HAN = re.compile(r"[㐀-鿿]")


def _words(language: str, room: str) -> dict[str, object]:
    module = import_module(f"ui.strings.{language}.{room}")
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    names = [one.target.id for one in tree.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]
    names += [one.name for one in tree.body if isinstance(one, ast.FunctionDef)]
    return {name: getattr(module, name) for name in names}


def _fields(word: object) -> list[object]:
    """What a word is filled in with; for a table of words its keys as well."""
    if isinstance(word, str):
        return sorted({name for _, name, _, _ in Formatter().parse(word) if name})
    if isinstance(word, dict):
        return [(key, _fields(value)) for key, value in word.items()]
    return [len(word)] if isinstance(word, tuple) else []


@pytest.mark.parametrize("room", ROOMS)
def test_every_word_is_there_in_both_languages_and_takes_the_same_fields(room: str) -> None:
    chinese, english = _words("zh", room), _words("en", room)
    assert chinese.keys() == english.keys()
    assert {name: _fields(word) for name, word in chinese.items()} == {
        name: _fields(word) for name, word in english.items()
    }


@pytest.mark.parametrize("language", strings.LANGUAGES)
def test_the_folder_of_a_language_shows_every_file_of_it(language: str) -> None:
    shown = import_module(f"ui.strings.{language}")
    assert [name for room in ROOMS for name in _words(language, room) if not hasattr(shown, name)] == []


def test_no_file_uses_a_name_twice() -> None:
    names = [name for room in ROOMS for name in _words("zh", room)]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("room", ROOMS)
def test_english_says_chinese_only_where_it_gives_an_example(room: str) -> None:
    said = [word for word in _words("en", room).values() if isinstance(word, str)]
    assert [word for word in said if _HAN.search(word) and "e.g." not in word and "such as" not in word] == []


def test_a_word_is_said_in_the_language_of_the_page() -> None:
    with speaking("en"):
        assert strings.SEND == "Send"
        with speaking("zh"):
            assert strings.SEND == "发送"
        assert strings.SEND == "Send"
    assert strings.SEND == "发送"


def test_no_word_is_kept_when_a_module_is_imported() -> None:
    """A constant, a field's default or a parameter's default would stay in the language that was spoken first."""
    kept = [
        f"{path.name}:{line}"
        for path in sorted(ROOT.parent.glob("*.py"))
        for line in _read_at_import(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert kept == []


def test_a_default_of_a_field_counts_as_read_at_import() -> None:
    tree = ast.parse("class A:\n    a: str = strings.SEND\n    def f(self, b=strings.STOP): return strings.SEND\n")
    assert list(_read_at_import(tree)) == [2, 3]


def _read_at_import(node: ast.AST) -> Iterator[int]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for default in (*child.args.defaults, *filter(None, child.args.kw_defaults)):
                yield from _read_at_import(ast.Expression(default))
        elif isinstance(child, ast.Attribute) and isinstance(child.value, ast.Name) and child.value.id == "strings":
            yield child.lineno
        else:
            yield from _read_at_import(child)
