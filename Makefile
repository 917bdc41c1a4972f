# Two commands matter: `make demo` (see it) and `make test` (trust it).
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 7860
DEMO   := data/demo
STAMP  := $(VENV)/.installed

.PHONY: demo sample test lint types check install chromium office watch bundle clean

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "需要 Python 3.11 或更新的版本")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

install: $(STAMP)

# The sample archive is generated and read once; later starts reuse it.
sample: $(STAMP)
	@test -f $(DEMO)/gold.jsonl || $(BIN)/python -m eval sample $(DEMO)
	REPORT_ASSISTANT_HOME=$(DEMO)/home $(BIN)/report-assistant ingest $(DEMO)/archive

demo: sample
	REPORT_ASSISTANT_HOME=$(DEMO)/home $(BIN)/report-assistant ui --port $(PORT)

# One archive that installs on another machine of this platform without a network; see .ci/bundle/安装说明.txt.
bundle: $(STAMP)
	$(BIN)/python .ci/bundle/build.py dist

chromium:
	@bash .ci/chromium

office:
	@bash .ci/office

watch:
	@bash .ci/watch

test: $(STAMP) chromium office watch
	$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# For every system that people have: what is not there on Windows or macOS is an error of types.
types: $(STAMP)
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/windows -p ingest -p assistant -p ui -p prompts
	$(BIN)/mypy --platform darwin --cache-dir .mypy_cache/macos -p ingest -p assistant -p ui -p prompts

check: lint types test

clean:
	rm -rf $(VENV) data build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
