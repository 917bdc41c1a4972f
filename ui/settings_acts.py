"""What the buttons and forms of the tab 设置 do. Who may, who did, and one line about how it went."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.accounts import LOCAL, Accounts, NotAllowed, UnfitAccount, User
from assistant.accounts.types import ROLE_NAMES, Role
from ingest.errors import NotFound
from ui import strings
from ui.access import Access
from ui.settings_jobs import Jobs, Name

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Done:
    """How an act went: a line; the secret of a new token, to be shown once; the secret of the session that goes on."""

    said: str = ""
    token: str = ""
    session: str = ""


class Acts:
    """The acts of the tab. Raises ReportAssistantError, in Chinese, for whatever the user must mend."""

    def __init__(self, access: Access, jobs: Jobs) -> None:
        self._access = access
        self._jobs = jobs
        self._acts: dict[str, Callable[[User, Fields, str], Done]] = {
            "check": self._check,
            "stop": self._stop,
            "password": self._password,
            "user-add": self._user_add,
            "user-role": self._user_role,
            "user-password": self._user_password,
            "user-remove": self._user_remove,
            "token-add": self._token_add,
            "token-revoke": self._token_revoke,
        }

    def do(self, what: str, user: User, fields: Fields, client: str) -> Done:
        """Do it for `user`, whose address is `client`. Raises NotFound for what there is no such act."""
        act = self._acts.get(what)
        if act is None:
            raise NotFound("没有这个操作", "请刷新网页后重试")
        return act(user, fields, client)

    def _check(self, user: User, fields: Fields, _: str) -> Done:
        name = self._task(user, fields)
        return Done() if self._jobs.start(name) else Done(strings.SET_STOPPING)

    def _stop(self, user: User, fields: Fields, _: str) -> Done:
        self._jobs.stop(self._task(user, fields))
        return Done()

    def _task(self, user: User, fields: Fields) -> Name:
        """Whoever asks may see whether the model answers; what is wrong with the archive is its keeper's business."""
        if fields.get("name") == "model":
            self._access.require(user, "ask")
            return "model"
        self._access.require(user, "ingest")
        return "archive"

    def _password(self, user: User, fields: Fields, client: str) -> Done:
        if user == LOCAL:
            raise NotAllowed("网页没有设用户", "不需要密码")
        old, new = fields.get("old", ""), fields.get("new", "")
        if new != fields.get("again", ""):
            raise UnfitAccount("两次输入的新密码不一样", "请重新输入")
        accounts = self._access.accounts
        accounts.check(user.name, old, client=client)
        with self._access.recorded(user, "users", f"修改自己的密码（{user.name}）"):
            accounts.set_password(user.name, new)
        return Done(strings.SET_PASSWORD_CHANGED, session=accounts.open_session(user.name))

    def _user_add(self, user: User, fields: Fields, _: str) -> Done:
        accounts = self._people(user)
        name, role = fields.get("name", ""), _role(fields)
        with self._access.recorded(user, "users", f"添加 {name}（{role}）"):
            made = accounts.add(name, fields.get("password", ""), role)
        return Done(strings.SET_USER_ADDED.format(name=made.name))

    def _user_role(self, user: User, fields: Fields, _: str) -> Done:
        accounts = self._people(user)
        other, role = self._other(user, fields), _role(fields)
        with self._access.recorded(user, "users", f"{other.name} 的角色由 {other.role} 改为 {role}"):
            changed = accounts.set_role(other.name, role)
        return Done(strings.SET_ROLE_CHANGED.format(name=changed.name, role=strings.SET_ROLES[changed.role]))

    def _user_password(self, user: User, fields: Fields, _: str) -> Done:
        accounts = self._people(user)
        other = self._other(user, fields)
        with self._access.recorded(user, "users", f"重设 {other.name} 的密码"):
            accounts.set_password(other.name, fields.get("password", ""))
        return Done(strings.SET_PASSWORD_RESET.format(name=other.name))

    def _user_remove(self, user: User, fields: Fields, _: str) -> Done:
        accounts = self._people(user)
        other = self._other(user, fields)
        with self._access.recorded(user, "users", f"移除 {other.name}"):
            accounts.remove(other.name)
        return Done(strings.SET_DISABLED.format(name=other.name))

    def _token_add(self, user: User, fields: Fields, _: str) -> Done:
        accounts = self._people(user)
        owner, label = accounts.get(fields.get("name", "")), fields.get("label", "")
        with self._access.recorded(user, "users", f"给 {owner.name} 发令牌：{label}"):
            return Done(token=accounts.add_token(owner.name, label))

    def _token_revoke(self, user: User, fields: Fields, _: str) -> Done:
        accounts = self._people(user)
        number = fields.get("name", "")
        with self._access.recorded(user, "users", f"作废令牌 {number}"):
            accounts.revoke_token(number)
        return Done(strings.SET_REVOKED)

    def _people(self, user: User) -> Accounts:
        """The accounts, for who may manage them; the first user is made on the command line, at the machine itself."""
        self._access.require(user, "users")
        if user == LOCAL:
            raise NotAllowed("网页还没有用户", "请先运行 report-assistant users add 名字 --role keeper")
        return self._access.accounts

    def _other(self, user: User, fields: Fields) -> User:
        """Somebody else: whoever locks himself out cannot let himself in again."""
        other = self._access.accounts.get(fields.get("name", ""))
        if other.name == user.name:
            raise NotAllowed("不能停用自己，也不能在这里改自己的角色和密码", "请另一位管理员来做，或用上面的“修改密码”")
        return other


def _role(fields: Fields) -> Role:
    for known in ROLE_NAMES:
        if fields.get("role") == known:
            return known
    raise UnfitAccount("没有选角色", "请选读者、撰稿或管理")
