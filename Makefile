# Shortcuts for the commands of a checkout; `make` lists them. The scripts have the details.

.DEFAULT_GOAL := help
.PHONY: help serve test lint format lock golden screenshots clean environment

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

serve: ## ingest, index and serve on 127.0.0.1:8000
	scripts/serve

test: ## check formatting, lint and types, and run all tests, as CI does
	scripts/test

lint: environment ## check formatting, lint and types
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy

format: environment ## format the code and fix what ruff can fix
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

lock: ## resolve the dependencies again
	scripts/lock

golden: environment ## rewrite the golden ranking of the sample archive
	.venv/bin/python -m scripts.datasets.golden

screenshots: ## take the pictures of the README again
	scripts/screenshots

clean: ## delete caches and builds; keeps .venv and archives
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist ./*.egg-info
	find archive index scripts tests web -name __pycache__ -type d -prune -exec rm -rf {} +

# Any pytest option makes the script create .venv and run only pytest.
environment:
	@scripts/test --version >/dev/null
