#!/bin/sh
# Installs what is not installed yet, then opens the page; with words behind it, runs that command instead.
cd "$(dirname "$0")" || exit 1
python=${PYTHON:-python3}
if ! command -v "$python" >/dev/null 2>&1; then
  echo "没有找到 Python 3，请先安装 Python 3.11 或更新的版本。" >&2
  exit 1
fi
"$python" install.py || exit 1
: "${REPORT_ASSISTANT_HOME:=$PWD/archive}"
export REPORT_ASSISTANT_HOME
[ $# -gt 0 ] || set -- ui
exec program/bin/report-assistant "$@"
