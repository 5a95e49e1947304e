# Two commands matter: `make demo` and `make test`. Each makes the environment it needs; nothing is installed outside
# this folder. PYTHON may name another interpreter (3.11 or later): make demo PYTHON=python3.13

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# Where the shell forbids Python to keep what it compiled, every one of our processes would compile its imports again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help env demo test check bench lock clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

env: $(STAMP) ## make the virtual environment (done by itself by the others)

# uv installs in seconds what takes pip minutes; it comes from the registry like everything else. It compiles at once what
# every process would begin by compiling for itself.
$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c '' 2>/dev/null || { echo "$(PYTHON) does not run here. Name a Python of version 3.11 or later: make $(or $(MAKECMDGOALS),env) PYTHON=python3" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Wakhan needs Python 3.11 or later; this is $$($(PYTHON) --version). Try: make $(or $(MAKECMDGOALS),env) PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "This Python cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@echo "Setting up $(VENV) (once; about a minute)" >&2
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep '^uv==' requirements.txt)"
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python -r requirements.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

demo: $(STAMP) ## the whole road on a bundled press: alerts in DuckDB, a digest to open
	@$(BIN)/wakhan demo

test: $(STAMP) ## every test, on loopback only
	@$(BIN)/python -m pytest -n 3 --dist loadfile

check: $(STAMP) ## style, types, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
# Without its cache, which was seen to answer for files as they had been; it saves nothing here.
	@$(BIN)/lint-imports --no-cache

bench: $(STAMP) ## speed and quality with floors; real data from WAKHAN_GOLD (default ../shared)
	@$(BIN)/python -m bench

lock: $(STAMP) ## renew requirements.txt from pyproject.toml, for all platforms, without addresses
	@echo "uv" | $(BIN)/uv pip compile --universal --python-version 3.11 --no-header --no-emit-index-url --no-emit-find-links --extra dev --upgrade --quiet --output-file requirements.txt pyproject.toml -

clean: ## remove the environment and the demo's files
	rm -rf $(VENV) wakhan-demo
