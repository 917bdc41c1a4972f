"""Signing in and out, and what a role does not include."""

from __future__ import annotations

from typing import Final

SIGN_IN: Final = "登录"
SIGN_IN_HINT: Final = "本页只对已登记的用户开放。"
USER_NAME: Final = "用户名"
PASSWORD: Final = "密码"
FORGOTTEN: Final = "没有账号或忘记密码，请找管理员。"
SIGN_OUT: Final = "退出登录"
SIGNED_OUT: Final = "已退出登录。"
SIGN_IN_FAILED: Final = "用户名或密码不对，请重新输入；忘记密码请找管理员重设。"
SIGN_IN_TOO_OFTEN: Final = "输错的次数太多，请在 {minutes} 分钟后再试。"
SIGN_IN_AGAIN: Final = "登录已过期，请重新登录。"
SIGN_IN_ELSEWHERE: Final = "登录请求不是从本页发出的，请重新打开本页再试。"
OTHER_SESSION: Final = "这个网页属于别的用户，请刷新后再试。"
SESSION_OVER: Final = "登录已过期，写好的内容还在。"
SIGN_IN_ANEW: Final = "在新窗口登录"
