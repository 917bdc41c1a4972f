"""The sign beside app.db that users are set up.

Without it a damaged or missing app.db would look like an archive that never had users, and the page would open to
everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.conversations.types import NotKept

NAME = "users.on"
_TEXT = "网页已设用户，须登录后使用。用户都移除（report-assistant users remove）后，本文件自动删除。\n"


class Marker:
    """A small file in the archive directory."""

    def __init__(self, home: Path) -> None:
        self._path = home / NAME

    def is_set(self) -> bool:
        """Whether it is there; a directory that cannot be looked into is taken to have it."""
        try:
            self._path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True
        return True

    @contextmanager
    def put(self) -> Iterator[None]:
        """It is there before the first user is, and taken back when there comes to be none. Raises NotKept."""
        was_set = self.is_set()
        try:
            self._path.write_text(_TEXT, encoding="utf-8")
        except OSError as error:
            raise NotKept(f"写不了 {self._path}（{error.strerror or error}）", "请检查磁盘和权限后重试") from error
        try:
            yield
        except BaseException:
            if not was_set:
                self.clear()
            raise

    def clear(self) -> None:
        """Raises NotKept."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise NotKept(f"删不了 {self._path}（{error.strerror or error}）", "请检查权限后手工删除它") from error
