"""Which role may do what."""

from __future__ import annotations

from typing import get_args

from assistant.accounts.types import ACTION_NAMES, ROLE_NAMES, Action, NotAllowed, Role, User

_RIGHTS: dict[Role, frozenset[Action]] = {
    "reader": frozenset({"ask", "export"}),
    "writer": frozenset({"ask", "export", "draft"}),
    "keeper": frozenset(get_args(Action)),
}


def may(role: Role, action: Action) -> bool:
    """Whether `role` includes `action`."""
    return action in _RIGHTS[role]


def require(user: User, action: Action) -> None:
    """Raises NotAllowed where the user's role does not include `action`."""
    if not may(user.role, action):
        raise NotAllowed(f"{ROLE_NAMES[user.role]}不能{ACTION_NAMES[action]}", "需要时请找管理员调整角色")
