"""`users`: who may use the page; `audit`: who did what."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from assistant.cli.auditing import recorded
from assistant.cli.output import print_json, tell
from ingest.errors import UnreadableFile

if TYPE_CHECKING:
    from assistant.accounts import Accounts, Line, Token, User

_Role = Literal["reader", "writer", "keeper"]
_Name = Annotated[str, typer.Argument(help="用户名", metavar="NAME")]
_File = Annotated[
    Path | None, typer.Option("--password-file", help="从这个文件的第一行读密码；不写时询问，非终端时读标准输入")
]
_RIGHTS = "reader 读者（提问、导出）、writer 撰稿（另可起草）、keeper 管理（全部）"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    group = typer.Typer(help="网页的用户：add、password、role、remove 添加、改密码、改角色、移除；token 管理令牌。")
    group.callback(invoke_without_command=True)(users)
    group.command(help="添加用户；第一个须是 keeper。此后网页须登录使用。")(add)
    group.command(help="重设密码；该用户随即退出登录。")(password)
    group.command(help="改角色。")(role)
    group.command(help="移除用户；其对话和草稿保留。")(remove)
    tokens = typer.Typer(help="令牌：让别的程序以某用户的身份使用接口。", no_args_is_help=True)
    tokens.command("add", help="发一个令牌；只显示这一次。")(add_token)
    tokens.command("list", help="列出令牌。")(list_tokens)
    tokens.command("revoke", help="作废一个令牌。")(revoke_token)
    group.add_typer(tokens, name="token")
    app.add_typer(group, name="users")
    app.command(help="操作记录：谁在何时读入、移除、更正、导出了什么，谁登录过。")(audit)


def users(
    context: typer.Context,
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON 数组")] = False,
) -> None:
    """List the users."""
    if context.invoked_subcommand is not None:
        return
    found = _accounts().users()
    if json_:
        print_json([_as_json(user) for user in found])
        return
    for user in found:
        tell(_line(user))
    tell(
        f"共 {len(found)} 个用户。"
        if found
        else "没有设用户：网页只在本机打开，不须登录。要设用户：report-assistant users add 名字 --role keeper"
    )


def add(
    name: _Name,
    role: Annotated[_Role, typer.Option(help=_RIGHTS)],
    password_file: _File = None,
) -> None:
    """Add a user."""
    from assistant.accounts.names import fit_name

    accounts = _accounts()
    first = not accounts.any()
    secret = _password(fit_name(name), password_file)
    if first:
        _home().mkdir(mode=0o700, parents=True, exist_ok=True)
    with recorded(_home(), "users", f"添加 {name}（{role}）"):
        made = accounts.add(name, secret, role)
    tell(f"已添加：{_line(made)}")
    if first:
        tell(
            "网页从现在起须登录使用。要让别的电脑也能打开：report-assistant ui --host 0.0.0.0"
            "（经 HTTPS 代理的办法见 docs/team.zh-CN.md）。"
        )
        tell("此前没有用户时的对话和草稿不属于任何用户，可用 report-assistant conversations 查看和导出。")


def password(name: _Name, password_file: _File = None) -> None:
    """Give a user another password."""
    accounts = _accounts()
    user = accounts.get(name)
    secret = _password(user.name, password_file)
    with recorded(_home(), "users", f"重设 {user.name} 的密码"):
        accounts.set_password(user.name, secret)
    tell(f"已重设 {user.name} 的密码；已登录的网页须重新登录，令牌仍然有效。")


def role(name: _Name, role: Annotated[_Role, typer.Argument(help=_RIGHTS, metavar="ROLE")]) -> None:
    """Give a user another role."""
    accounts = _accounts()
    user = accounts.get(name)
    with recorded(_home(), "users", f"{user.name} 的角色由 {user.role} 改为 {role}"):
        changed = accounts.set_role(user.name, role)
    tell(f"已改：{_line(changed)}")


def remove(name: _Name, yes: Annotated[bool, typer.Option("--yes", help="不再询问")] = False) -> None:
    """Remove a user."""
    accounts = _accounts()
    user = accounts.get(name)
    if not yes:
        _confirm(f"移除用户 {user.name}（{_role_name(user)}）？其登录和令牌随即失效。确定请输入 是：")
    with recorded(_home(), "users", f"移除 {user.name}"):
        accounts.remove(user.name)
    tell(f"已移除 {user.name}。其对话和草稿仍保留在档案目录，再添加同名用户时归其所有。")
    if not accounts.any():
        tell("已没有用户：网页重新启动后只能在本机打开，不须登录。")


def add_token(name: _Name, label: Annotated[str, typer.Argument(help="给什么程序用", metavar="LABEL")]) -> None:
    """Make a token for a program and show its secret, this once."""
    accounts = _accounts()
    user = accounts.get(name)
    with recorded(_home(), "users", f"给 {user.name} 发令牌：{label}"):
        secret = accounts.add_token(user.name, label)
    tell(secret)
    tell("请现在保存：令牌不会再显示；使用时放在请求头 Authorization: Bearer 之后。", err=True)


def list_tokens(json_: Annotated[bool, typer.Option("--json", help="输出 JSON 数组")] = False) -> None:
    """List the tokens, without their secrets."""
    found = _accounts().tokens()
    if json_:
        print_json([_token_as_json(token) for token in found])
        return
    for token in found:
        when = token.created.astimezone().strftime("%Y-%m-%d %H:%M")
        tell(f"{token.id}  {when}  {token.user}  {token.label}")
    tell(f"共 {len(found)} 个令牌。")


def revoke_token(number: Annotated[str, typer.Argument(help="令牌编号（见 users token list）", metavar="ID")]) -> None:
    """Make a token worthless."""
    accounts = _accounts()
    with recorded(_home(), "users", f"作废令牌 {number}"):
        accounts.revoke_token(number)
    tell(f"已作废令牌 {number}。")


def audit(
    who: Annotated[str | None, typer.Option(help="只看这个人的（用户名；命令行上为系统用户名）")] = None,
    limit: Annotated[int, typer.Option(min=1, help="最多几行，新的在前")] = 200,
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON 数组")] = False,
) -> None:
    """Show the audit, newest line first."""
    from assistant.accounts import Audit

    found = Audit(_home()).lines(limit, who)
    if json_:
        print_json([_line_as_json(line) for line in found])
        return
    for line in found:
        tell(_told(line))
    tell(f"共 {len(found)} 行。")


def _told(line: Line) -> str:
    from assistant.accounts.audit import ACTIONS, BEGUN, OK

    when = line.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    ended = {OK: "", BEGUN: "（已开始，结果未记下）"}.get(line.outcome, f"（{line.outcome}）")
    return f"{when}  {line.who or '未知用户'}  {ACTIONS.get(line.action, line.action)}  {line.what}{ended}"


def _password(name: str, file: Path | None) -> str:
    """The password from a file, from the keyboard (twice, unseen) or from standard input; never from an argument, which
    other users of the machine can see. Raises UnfitAccount, UnreadableFile.
    """
    from assistant.accounts import UnfitAccount
    from assistant.accounts.passwords import check_password

    if file is not None:
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableFile(f"读不出文件 {file}", "请检查路径，并存为 UTF-8 编码") from error
        secret = text.partition("\n")[0].rstrip("\r")
    elif sys.stdin.isatty():
        import getpass

        secret = getpass.getpass(f"{name} 的密码：")
        check_password(name, secret)
        if getpass.getpass("再输一遍：") != secret:
            raise UnfitAccount("两次输入的密码不一样", "请重新运行并输入")
    else:
        secret = sys.stdin.readline().rstrip("\r\n")
    check_password(name, secret)
    return secret


def _confirm(question: str) -> None:
    """Ask; ends the command unless the answer is yes."""
    from assistant.accounts import UnfitAccount

    if not sys.stdin.isatty():
        raise UnfitAccount("没有人能确认", "确实要移除请加 --yes")
    if input(question).strip().lower() not in ("是", "y", "yes"):
        tell("没有移除。")
        raise typer.Exit(1)


def _home() -> Path:
    from ingest.settings import load_settings

    return load_settings().home


def _accounts() -> Accounts:
    from assistant.accounts import Accounts

    return Accounts(_home())


def _role_name(user: User) -> str:
    from assistant.accounts.types import ROLE_NAMES

    return ROLE_NAMES[user.role]


def _line(user: User) -> str:
    return f"{user.name}  {_role_name(user)}（{user.role}）  {user.created.astimezone():%Y-%m-%d}"


def _as_json(user: User) -> dict[str, Any]:
    return {"name": user.name, "role": user.role, "created": user.created.isoformat(timespec="seconds")}


def _token_as_json(token: Token) -> dict[str, Any]:
    created = token.created.isoformat(timespec="seconds")
    return {"id": token.id, "user": token.user, "label": token.label, "created": created}


def _line_as_json(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "at": line.at.isoformat(timespec="seconds"),
        "who": line.who,
        "action": line.action,
        "what": line.what,
        "outcome": line.outcome,
    }
