"""The tab 设置, and the switch between the languages."""

from __future__ import annotations

from typing import Final

from assistant.accounts import Role

TAB_SETTINGS: Final = "Settings"
LANGUAGES_LABEL: Final = "Language of the page"

SET_LOOK: Final = "Look"
SET_LOOKS: Final = {"system": "As the system", "light": "Light", "dark": "Dark"}
SET_SIZE: Final = "Size of text"
SET_SIZES: Final = {"normal": "Normal", "large": "Large", "larger": "Larger"}
SET_KEPT_HERE: Final = "Holds for this browser on this computer only."

SET_LANGUAGE: Final = "Language"
SET_LANGUAGE_NOTE: Final = (
    "Changes the words of the page only. Reports, answers and the program's messages stay Chinese; the page opens in"
    " the language chosen here next time."
)

SET_MODEL: Final = "Language model"
SET_NO_MODEL: Final = "No language model is set: answers are quoted, drafts are skeletons."
SET_MODEL_FROM: Final = "Model"
SET_MODEL_UNNAMED: Final = "whichever the service has"
SET_WHERE: Final = "Runs"
SET_WHERES: Final = {
    "本机文件": "file on this computer",
    "本机服务": "service on this computer",
    "内网服务": "service in this network",
    "外部服务": "outside service",
}
"""By what a model says of where it runs."""
SET_ADDRESS: Final = "Address"
SET_KEY: Final = "Key"
SET_KEYS: Final = {"yes": "set (not shown)", "no": "not set"}
SET_LIMIT: Final = "Time limit"
SET_LIMIT_SECONDS: Final = "{seconds} s for an answer at most"
SET_GOES: Final = "What leaves"
SET_GOES_NOWHERE: Final = "Questions and the passages used stay on this computer."
SET_GOES_THERE: Final = (
    "When the language model answers, the question and the passages used are sent to {where}, and nowhere else."
)
SET_CHECK_MODEL: Final = "Test"
SET_CHECKING_MODEL: Final = "Testing, {seconds} s so far…"
SET_MODEL_WORKS: Final = "Works: began to answer after {first} s, {all} s in all. It said: {said}"
SET_MODEL_SILENT: Final = "It was reached, but wrote nothing."
SET_HOW_MODEL: Final = "How to set one"
SET_HOW_ENDPOINT: Final = "A service (compatible with OpenAI's, may be your own):"
SET_HOW_FILE: Final = "Or a model file on this computer (GGUF), without a network:"
SET_HOW_NAMES: Final = {
    "REPORT_ASSISTANT_LLM_BASE_URL": "its address, mostly ending in /v1",
    "REPORT_ASSISTANT_LLM_MODEL": "name of the model",
    "REPORT_ASSISTANT_LLM_API_KEY": "its key, where it needs one",
    "REPORT_ASSISTANT_LLM_GGUF": "where the file is",
}
SET_HOW_WHERE: Final = (
    "Set them as environment variables or in settings.toml in the archive's directory, then start the page anew. For"
    " safety they cannot be changed here."
)

SET_ARCHIVE: Final = "Archive"
SET_FOLDER: Final = "Directory"
SET_HOLDS: Final = "Holds"
SET_HOLDS_COUNTS: Final = "{reports} reports, {files} files, {passages} passages"
SET_ON_DISK: Final = "On disk"
SET_EMBEDDING: Final = "Embedding model"
SET_EMBEDDING_BUNDLED: Final = "{name} (comes with the program, runs on this computer)"
SET_PENDING: Final = "Passages without a vector"
SET_PENDING_NONE: Final = "none"
SET_PENDING_SOME: Final = "{count} (search by words is not affected; compute them in “Archive”)"
SET_CHECK_ARCHIVE: Final = "Check the archive"
SET_CHECKING_ARCHIVE: Final = "Checking {done}/{total}…"
SET_STOP: Final = "Stop"
SET_STOPPED: Final = "Stopped."
SET_STOPPING: Final = "The last one is still ending; please try again in a moment."
SET_SOUND: Final = "The archive is sound."
SET_CHECKED_AT: Final = "checked {at}"
SET_SEVERITIES: Final = {"error": "error", "warning": "warning", "info": "note"}

SET_ACCOUNT: Final = "Account"
SET_ALONE: Final = "No users are set up: the page opens on this computer only, without signing in, and does everything."
SET_ALONE_HOW: Final = (
    "For several people, add an administrator on the command line first, then the others; from then on one signs in:"
)
SET_WHO: Final = "Signed in as"
SET_ROLE: Final = "Role"
SET_ROLES: Final[dict[Role, str]] = {"reader": "reader", "writer": "writer", "keeper": "keeper"}
SET_ROLE_MAY: Final[dict[Role, str]] = {
    "reader": "asks, looks, exports",
    "writer": "asks, looks, exports, drafts",
    "keeper": "everything, the archive and its users included",
}
SET_CHANGE_PASSWORD: Final = "Change password"
SET_OLD_PASSWORD: Final = "Present password"
SET_NEW_PASSWORD: Final = "New password (8 characters or more)"
SET_NEW_AGAIN: Final = "New password again"
SET_PASSWORDS_DIFFER: Final = "The new passwords differ; please type them again."
SET_PASSWORD_CHANGED: Final = "The password is changed; all other sessions have ended."

SET_PEOPLE: Final = "Users"
SET_PEOPLE_COLUMNS: Final = ("User", "Role", "Added", "")
SET_ADD_USER: Final = "Add a user"
SET_ADD: Final = "Add"
SET_USER_ADDED: Final = "{name} is added."
SET_RESET_PASSWORD: Final = "Reset password"
SET_RESET_FOR: Final = "New password for {name}"
SET_PASSWORD_RESET: Final = "The password of {name} is reset; open pages must sign in again."
SET_ROLE_OF: Final = "Role of {name}"
SET_ROLE_CHANGED: Final = "{name} is a {role} now."
SET_DISABLE: Final = "Disable"
SET_SURE: Final = "Click again to confirm"
SET_DISABLED: Final = (
    "{name} is disabled: sessions and tokens have ended, conversations and drafts stay; adding the same name again"
    " brings them back."
)
SET_YOURSELF: Final = "You cannot disable yourself or change your own role; another keeper can."
SET_NEEDS_USERS: Final = "No users are set up; please add a keeper on the command line first."
SET_YOU: Final = " (you)"

SET_TOKENS: Final = "Tokens"
SET_TOKENS_NOTE: Final = "With a token another program uses the archive in a user's name, see docs/api.zh-CN.md."
SET_TOKEN_COLUMNS: Final = ("Used for", "User", "Given", "")
SET_NO_TOKEN: Final = "No token has been given out."
SET_TOKEN_FOR: Final = "In whose name"
SET_TOKEN_LABEL: Final = "For which program"
SET_ADD_TOKEN: Final = "Make a token"
SET_TOKEN_MADE: Final = "The token is shown this once; please copy and keep it now:"
SET_COPY: Final = "Copy"
SET_COPIED: Final = "Copied"
SET_REVOKE: Final = "Revoke"
SET_REVOKED: Final = "The token is revoked."

SET_AUDIT: Final = "Audit"
SET_AUDIT_COLUMNS: Final = ("Time", "Who", "Did", "What", "Outcome")
SET_AUDIT_WHO: Final = "Only of"
SET_AUDIT_ALL: Final = "Everybody"
SET_AUDIT_NONE: Final = "Nothing has been recorded yet."
SET_AUDIT_FIRST: Final = "The latest {count} are listed; see report-assistant audit --limit for earlier ones."
SET_ACTIONS: Final = {
    "ingest": "read in",
    "forget": "removed",
    "backup": "backed up",
    "restore": "restored",
    "correct": "corrected",
    "export": "exported",
    "draft": "drafted",
    "login": "signed in",
    "logout": "signed out",
    "users": "users",
}
SET_OUTCOMES: Final = {"ok": "done", "begun": "begun, its end is not known"}
SET_UNKNOWN_USER: Final = "unknown user"

SET_ABOUT: Final = "About"
SET_VERSION: Final = "Version"
SET_LICENCE: Final = "Licence"
SET_LEAVES: Final = "What leaves this computer"
SET_LEAVES_NOTHING: Final = (
    "Nothing. Reports, questions, answers and drafts are worked on here alone; the page asks nothing of any other host"
    " and counts nothing."
)
SET_LEAVES_MODEL: Final = (
    "One thing: when the language model answers or drafts, the question and the passages used are sent to {where}."
    " Everything else stays here, and nothing is counted."
)
SET_LOADING: Final = "Reading…"
SET_FAILED: Final = "That did not succeed; please check the network and try again."
