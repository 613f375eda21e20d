# One command each. Everything happens in this folder: .venv holds the packages, .hamroh what practice keeps.
# Only relative paths here: the folder's own path may hold spaces.

RUN := .venv/bin/python
# Three at a time, a file in one hand: each has a PostgreSQL of its own, and half of a test is waiting.
# Each test process and each program it starts would compile every module anew where this is set.
TEST := env -u PYTHONDONTWRITEBYTECODE $(RUN) -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

.PHONY: help setup practice test check format browser chaos survivors lock clean

help:
	@echo 'make setup     make .venv with the pinned packages (the other targets do it themselves)'
	@echo 'make practice  start everything on this machine: no account, no token, no other program'
	@echo 'make test      run every test'
	@echo 'make check     what the gate runs: format, lint, types, contracts, words, screens, docs, tests'
	@echo 'make format    put the code in order'
	@echo 'make browser   bring chromium, for the tests that look at pages'
	@echo 'make chaos     break things on purpose and see that nothing is lost'
	@echo 'make survivors let 500 random survivors try the bot'
	@echo 'make lock      choose the packages anew'
	@echo 'make clean     remove what these commands made, but never data'

setup:
	@sh .ci/setup

practice: setup
	@$(RUN) -m hamroh practice

test: setup
	@$(TEST)

check: setup
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy
	.venv/bin/lint-imports
	$(RUN) -m hamroh words check
	$(RUN) -m hamroh dialogs check
	$(RUN) -m hamroh docs --check
	$(TEST)

format: setup
	@$(RUN) -m ruff check --fix --quiet . ; $(RUN) -m ruff format .

browser:
	@sh .ci/browser

chaos: setup
	@$(RUN) -m hamroh chaos

survivors: setup
	@$(RUN) -m hamroh survivors

# Hashes are of every file of a release, so one list serves each system and each Python that we support.
LOCK = CUSTOM_COMPILE_COMMAND='make lock' $(RUN) -m piptools compile --quiet --generate-hashes --strip-extras \
	--allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --upgrade pyproject.toml

lock: setup
	$(LOCK) --output-file requirements/run.txt
	$(LOCK) --extra embedded --output-file requirements/embedded.txt
	$(LOCK) --all-extras --all-build-deps --output-file requirements/dev.txt

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@if [ -e .hamroh ]; then echo 'Left alone: .hamroh, the data of this machine. Remove it yourself when nobody needs it.'; fi
