@echo off
rem Installs what is not installed yet, then opens the page; with words behind it, runs that command instead.
chcp 65001 >nul
cd /d "%~dp0"
set PYTHONUTF8=1
set PYTHON=py -3
where py >nul 2>nul || set PYTHON=python
%PYTHON% --version >nul 2>nul || (
  echo 没有找到 Python 3，请先安装 Python 3.11 或更新的版本。
  pause
  exit /b 1
)
%PYTHON% install.py || (
  pause
  exit /b 1
)
if not defined REPORT_ASSISTANT_HOME set REPORT_ASSISTANT_HOME=%CD%\archive
if "%~1"=="" (
  program\Scripts\report-assistant.exe ui
) else (
  program\Scripts\report-assistant.exe %*
)
