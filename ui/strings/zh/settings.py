"""The tab 设置, and the switch between the languages."""

from __future__ import annotations

from typing import Final

from assistant.accounts import Role

TAB_SETTINGS: Final = "设置"
LANGUAGES_LABEL: Final = "界面语言"

SET_LOOK: Final = "外观"
SET_LOOKS: Final = {"system": "跟随系统", "light": "浅色", "dark": "深色"}
SET_SIZE: Final = "文字大小"
SET_SIZES: Final = {"normal": "标准", "large": "大", "larger": "特大"}
SET_KEPT_HERE: Final = "只影响这台电脑上的这个浏览器。"

SET_LANGUAGE: Final = "语言"
SET_LANGUAGE_NOTE: Final = "只换界面文字。报告原文、回答和程序的提示仍是中文；下次打开网页时用这里选的语言。"

SET_MODEL: Final = "语言模型"
SET_NO_MODEL: Final = "没有配置语言模型：回答摘自原文，草稿按骨架拟写。"
SET_MODEL_FROM: Final = "模型"
SET_MODEL_UNNAMED: Final = "由接口决定"
SET_WHERE: Final = "在哪里"
SET_WHERES: Final = {
    "本机文件": "本机文件",
    "本机服务": "本机服务",
    "内网服务": "内网服务",
    "外部服务": "外部服务",
}
SET_ADDRESS: Final = "地址"
SET_KEY: Final = "密钥"
SET_KEYS: Final = {"yes": "已设置（不显示）", "no": "没有设置"}
SET_LIMIT: Final = "时限"
SET_LIMIT_SECONDS: Final = "每次回答最多 {seconds} 秒"
SET_GOES: Final = "去向"
SET_GOES_NOWHERE: Final = "问题和用到的原文不离开这台电脑。"
SET_GOES_THERE: Final = "用语言模型回答时，问题和用到的原文会发给 {where}，不发给别处。"
SET_CHECK_MODEL: Final = "检测"
SET_CHECKING_MODEL: Final = "正在检测，已用 {seconds} 秒…"
SET_MODEL_WORKS: Final = "能用：{first} 秒后开始回答，共 {all} 秒。它说：{said}"
SET_MODEL_SILENT: Final = "接通了，但它没有写出任何文字。"
SET_HOW_MODEL: Final = "怎样配置"
SET_HOW_ENDPOINT: Final = "用接口（须与 OpenAI 兼容，可以是本单位自建的服务）："
SET_HOW_FILE: Final = "或用本机的模型文件（GGUF 格式），不联网："
SET_HOW_NAMES: Final = {
    "REPORT_ASSISTANT_LLM_BASE_URL": "地址，通常以 /v1 结尾",
    "REPORT_ASSISTANT_LLM_MODEL": "模型名",
    "REPORT_ASSISTANT_LLM_API_KEY": "密钥，不需要的不用设",
    "REPORT_ASSISTANT_LLM_GGUF": "文件的位置",
}
SET_HOW_WHERE: Final = "设为环境变量，或写进档案目录的 settings.toml，再重新启动网页。为安全起见，网页上不能改。"

SET_ARCHIVE: Final = "档案"
SET_FOLDER: Final = "目录"
SET_HOLDS: Final = "内容"
SET_HOLDS_COUNTS: Final = "{reports} 份报告，{files} 个文件，{passages} 个段落"
SET_ON_DISK: Final = "占用磁盘"
SET_EMBEDDING: Final = "向量模型"
SET_EMBEDDING_BUNDLED: Final = "{name}（程序自带，在本机运行）"
SET_PENDING: Final = "没有向量的段落"
SET_PENDING_NONE: Final = "没有"
SET_PENDING_SOME: Final = "{count} 段（按字词检索不受影响；可在“档案库”里计算）"
SET_CHECK_ARCHIVE: Final = "检查档案"
SET_CHECKING_ARCHIVE: Final = "正在检查 {done}/{total}…"
SET_STOP: Final = "停止"
SET_STOPPED: Final = "已停止。"
SET_STOPPING: Final = "上一次还在收尾，请稍后再试。"
SET_SOUND: Final = "档案完好。"
SET_CHECKED_AT: Final = "{at} 检查"
SET_SEVERITIES: Final = {"error": "错误", "warning": "警告", "info": "提示"}

SET_ACCOUNT: Final = "账户"
SET_ALONE: Final = "网页没有设用户：只在这台电脑上打开，不须登录，所有功能都可用。"
SET_ALONE_HOW: Final = "要供多人使用，请在命令行先添加一名管理员，再添加其他人；之后打开网页须登录："
SET_WHO: Final = "登录用户"
SET_ROLE: Final = "角色"
SET_ROLES: Final[dict[Role, str]] = {"reader": "读者", "writer": "撰稿", "keeper": "管理"}
SET_ROLE_MAY: Final[dict[Role, str]] = {
    "reader": "提问、查看、导出",
    "writer": "提问、查看、导出、起草",
    "keeper": "全部功能，包括管理档案和用户",
}
SET_CHANGE_PASSWORD: Final = "修改密码"
SET_OLD_PASSWORD: Final = "现在的密码"
SET_NEW_PASSWORD: Final = "新密码（至少 8 个字符）"
SET_NEW_AGAIN: Final = "再输一遍新密码"
SET_PASSWORDS_DIFFER: Final = "两次输入的新密码不一样，请重新输入。"
SET_PASSWORD_CHANGED: Final = "密码已修改；别处的登录都已结束。"

SET_PEOPLE: Final = "用户"
SET_PEOPLE_COLUMNS: Final = ("用户", "角色", "添加于", "")
SET_ADD_USER: Final = "添加用户"
SET_ADD: Final = "添加"
SET_USER_ADDED: Final = "已添加 {name}。"
SET_RESET_PASSWORD: Final = "重设密码"
SET_RESET_FOR: Final = "给 {name} 的新密码"
SET_PASSWORD_RESET: Final = "已重设 {name} 的密码；已登录的网页须重新登录。"
SET_ROLE_OF: Final = "{name} 的角色"
SET_ROLE_CHANGED: Final = "{name} 现在是{role}。"
SET_DISABLE: Final = "停用"
SET_SURE: Final = "再点一次确认"
SET_DISABLED: Final = "已停用 {name}：登录和令牌随即失效，对话和草稿保留；再添加同名用户即可恢复。"
SET_YOURSELF: Final = "不能停用自己或改自己的角色，请另一位管理员来做。"
SET_NEEDS_USERS: Final = "网页还没有用户，请先在命令行添加管理员。"
SET_YOU: Final = "（您）"

SET_TOKENS: Final = "令牌"
SET_TOKENS_NOTE: Final = "别的程序凭令牌以某个用户的名义使用档案，见 docs/api.zh-CN.md。"
SET_TOKEN_COLUMNS: Final = ("用途", "用户", "发放于", "")
SET_NO_TOKEN: Final = "没有发过令牌。"
SET_TOKEN_FOR: Final = "以谁的名义"
SET_TOKEN_LABEL: Final = "给什么程序用"
SET_ADD_TOKEN: Final = "发放令牌"
SET_TOKEN_MADE: Final = "令牌已发放，只显示这一次，请现在复制保存："
SET_COPY: Final = "复制"
SET_COPIED: Final = "已复制"
SET_REVOKE: Final = "作废"
SET_REVOKED: Final = "令牌已作废。"

SET_AUDIT: Final = "操作记录"
SET_AUDIT_COLUMNS: Final = ("时间", "谁", "操作", "内容", "结果")
SET_AUDIT_WHO: Final = "只看谁的"
SET_AUDIT_ALL: Final = "所有人"
SET_AUDIT_NONE: Final = "还没有操作记录。"
SET_AUDIT_FIRST: Final = "这里列最近 {count} 条；更早的用 report-assistant audit --limit 查看。"
SET_ACTIONS: Final = {
    "ingest": "读入",
    "forget": "移除",
    "backup": "备份",
    "restore": "恢复",
    "correct": "更正",
    "export": "导出",
    "draft": "起草",
    "login": "登录",
    "logout": "退出",
    "users": "用户管理",
}
SET_OUTCOMES: Final = {"ok": "完成", "begun": "已开始，结果未记下"}
SET_UNKNOWN_USER: Final = "未知用户"

SET_ABOUT: Final = "关于"
SET_VERSION: Final = "版本"
SET_LICENCE: Final = "许可"
SET_LEAVES: Final = "发往别处的内容"
SET_LEAVES_NOTHING: Final = (
    "没有。报告、问题、回答和草稿都只在这台电脑上处理；网页不向别的主机要任何东西，也不统计使用情况。"
)
SET_LEAVES_MODEL: Final = (
    "只有一处：用语言模型回答或起草时，问题和用到的原文发给 {where}。其余都只在这台电脑上处理，也不统计使用情况。"
)
SET_LOADING: Final = "正在读取…"
SET_FAILED: Final = "没有成功，请检查网络后重试。"
