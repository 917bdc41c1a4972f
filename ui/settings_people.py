"""Users, tokens and the audit of the tab 设置 as HTML. Pure functions; every text is escaped."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.accounts import Line, Token, User
from ui import strings
from ui.escape import escape
from ui.settings_view import moment

AUDIT_SHOWN = 200
"""Lines of the audit that are listed at once."""


def people_html(users: Sequence[User], tokens: Sequence[Token], me: User) -> str:
    """Every user with what can be done, a form for another one, and the tokens."""
    if not users:
        return f'<p class="note">{escape(strings.SET_NEEDS_USERS)}</p>'
    rows = "".join(_user(user, mine=user.name == me.name) for user in users)
    add = (
        f"<details><summary>{escape(strings.SET_ADD_USER)}</summary>"
        f'<form data-act="user-add"><label>{escape(strings.USER_NAME)}<input name="name" autocomplete="off"'
        f' maxlength="32" required></label><label>{escape(strings.SET_NEW_PASSWORD)}<input type="password"'
        f' name="password" autocomplete="new-password" required></label>'
        f"<label>{escape(strings.SET_ROLE)}{_roles('role', 'writer')}</label>"
        f'<button type="submit">{escape(strings.SET_ADD)}</button></form></details>'
    )
    return _table(strings.SET_PEOPLE_COLUMNS, rows) + add + _tokens(users, tokens)


def audit_html(lines: Sequence[Line], names: Sequence[str], who: str) -> str:
    """The latest lines of the audit, of everybody or of `who`."""
    chosen = [*names, *([who] if who and who not in names else [])]
    options = "".join(
        f'<option value="{escape(name)}"{" selected" if name == who else ""}>{escape(name)}</option>' for name in chosen
    )
    select = (
        f'<label class="only">{escape(strings.SET_AUDIT_WHO)}<select data-filter="audit">'
        f'<option value="">{escape(strings.SET_AUDIT_ALL)}</option>{options}</select></label>'
    )
    if not lines:
        return f'{select}<p class="note">{escape(strings.SET_AUDIT_NONE)}</p>'
    rows = "".join(
        f"<tr><td>{moment(line.at)}</td><td>{escape(line.who or strings.SET_UNKNOWN_USER)}</td>"
        f"<td>{escape(strings.SET_ACTIONS.get(line.action, line.action))}</td><td><bdi>{escape(line.what)}</bdi></td>"
        f"<td>{escape(strings.SET_OUTCOMES.get(line.outcome, line.outcome))}</td></tr>"
        for line in lines
    )
    more = strings.SET_AUDIT_FIRST.format(count=AUDIT_SHOWN) if len(lines) >= AUDIT_SHOWN else ""
    return f'{select}{_table(strings.SET_AUDIT_COLUMNS, rows)}<p class="note">{escape(more)}</p>'


def _user(user: User, *, mine: bool) -> str:
    name = escape(user.name)
    if mine:
        role, acts = escape(strings.SET_ROLES[user.role]), ""
    else:
        role = _roles("role", user.role, strings.SET_ROLE_OF.format(name=user.name))
        acts = (
            f'<button type="button" data-act="user-password" data-name="{name}">'
            f"{escape(strings.SET_RESET_PASSWORD)}</button>"
            f'<button type="button" data-act="user-remove" data-name="{name}" data-sure="{escape(strings.SET_SURE)}">'
            f"{escape(strings.SET_DISABLE)}</button>"
            f'<form data-act="user-password" data-name="{name}" hidden>'
            f"<label>{escape(strings.SET_RESET_FOR.format(name=user.name))}"
            f'<input type="password" name="password" autocomplete="new-password" required></label>'
            f'<button type="submit">{escape(strings.SET_RESET_PASSWORD)}</button></form>'
        )
    you = escape(strings.SET_YOU) if mine else ""
    return (
        f'<tr data-user="{name}"><td><bdi>{name}</bdi>{you}</td><td>{role}</td><td>{moment(user.created)}</td>'
        f'<td class="acts">{acts}</td></tr>'
    )


def _roles(field: str, chosen: str, label: str = "") -> str:
    options = "".join(
        f'<option value="{role}"{" selected" if role == chosen else ""}>{escape(word)}</option>'
        for role, word in strings.SET_ROLES.items()
    )
    told = f' aria-label="{escape(label)}"' if label else ""
    return f'<select name="{field}"{told}>{options}</select>'


def _tokens(users: Sequence[User], tokens: Sequence[Token]) -> str:
    rows = "".join(
        f"<tr><td><bdi>{escape(token.label)}</bdi></td><td>{escape(token.user)}</td><td>{moment(token.created)}</td>"
        f'<td class="acts"><button type="button" data-act="token-revoke" data-name="{escape(token.id)}"'
        f' data-sure="{escape(strings.SET_SURE)}">{escape(strings.SET_REVOKE)}</button></td></tr>'
        for token in tokens
    )
    listed = _table(strings.SET_TOKEN_COLUMNS, rows) if rows else f'<p class="note">{escape(strings.SET_NO_TOKEN)}</p>'
    names = "".join(f'<option value="{escape(user.name)}">{escape(user.name)}</option>' for user in users)
    add = (
        f"<details><summary>{escape(strings.SET_ADD_TOKEN)}</summary>"
        f'<form data-act="token-add"><label>{escape(strings.SET_TOKEN_LABEL)}<input name="label" maxlength="64"'
        f' autocomplete="off" required></label><label>{escape(strings.SET_TOKEN_FOR)}<select name="name">'
        f'{names}</select></label><button type="submit">{escape(strings.SET_ADD_TOKEN)}</button></form></details>'
    )
    secret = (
        f'<div class="secret" role="status" hidden><p>{escape(strings.SET_TOKEN_MADE)}</p><output></output>'
        f'<button type="button" data-act="copy" data-done="{escape(strings.SET_COPIED)}">'
        f"{escape(strings.SET_COPY)}</button></div>"
    )
    note = f'<p class="note">{escape(strings.SET_TOKENS_NOTE)}</p>'
    return f"<h3>{escape(strings.SET_TOKENS)}</h3>{note}{secret}{listed}{add}"


def _table(columns: Sequence[str], rows: str) -> str:
    heads = "".join(f'<th scope="col">{escape(one)}</th>' if one else "<td></td>" for one in columns)
    return f'<div class="scroll" tabindex="0"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
