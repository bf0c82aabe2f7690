# Yui: every command a person needs. `make run` and `make test` set up everything on a fresh machine.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export YUI_VAR ?= $(CURDIR)/var

.PHONY: run test check bench lock reference screenshots clean

run: $(VENV)/.run ## start the demonstration town on http://localhost:$(PORT)
	@YUI_DEMO=1 yui serve --demo --port $(PORT)

test: $(VENV)/.dev ## everything CI checks
	@bash tests/run

check: $(VENV)/.dev ## lint, types, layers, unit tests on SQLite
	@bash tests/check

bench: $(VENV)/.bench ## figures as ratios against named peers
	@python -m benchmarks

reference: $(VENV)/.dev ## write the generated pages of docs/reference anew
	@yui reference write

lock: $(VENV)/.uv ## compile the locked dependencies anew
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.lock
	uv pip compile pyproject.toml --extra dev --extra bench -c requirements-dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-bench.lock

$(VENV)/.uv: requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; this is " + sys.version.split()[0])'
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python lacks venv or pip: install them, e.g. apt-get install python3-venv python3-pip"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

$(VENV)/.run: requirements.lock pyproject.toml $(VENV)/.uv
	@test -f $(VENV)/.dev || { echo "Installing the locked dependencies ..."; $(BIN)/uv pip sync -q --python $(BIN)/python requirements.lock requirements-uv.lock; \
	  echo "$(CURDIR)/src" > $$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/yui-source.pth; }
	@printf '#!%s\nimport sys\nfrom yui.config.cli import main\nsys.exit(main())\n' "$(CURDIR)/$(BIN)/python" > $(BIN)/yui && chmod +x $(BIN)/yui
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml $(VENV)/.uv
	@echo "Installing the locked development dependencies ..."
	@$(BIN)/uv pip sync -q --python $(BIN)/python requirements-dev.lock requirements-uv.lock
	@echo "$(CURDIR)/src" > $$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/yui-source.pth
	@printf '#!%s\nimport sys\nfrom yui.config.cli import main\nsys.exit(main())\n' "$(CURDIR)/$(BIN)/python" > $(BIN)/yui && chmod +x $(BIN)/yui
	@touch $@ $(VENV)/.run

$(VENV)/.bench: requirements-bench.lock $(VENV)/.dev
	@echo "Installing the locked peers of the benchmarks ..."
	@$(BIN)/uv pip install -q --python $(BIN)/python -r requirements-bench.lock
	@touch $@

clean: ## remove the virtual environment and the embedded database
	rm -rf $(VENV) var
