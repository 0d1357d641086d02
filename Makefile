# `make` shows what there is. Everything works on a fresh clone and can be repeated.

PORT ?= 8000
PYTHON_HERE := .venv/bin/python
MANAGE := $(PYTHON_HERE) manage.py

.DEFAULT_GOAL := help
.PHONY: help run test test-long fuzz fidelity kramdown screenshots lighthouse guide-pictures \
	readme-pictures bench-import lint format packages packages-dev

##@ For everybody

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^##@ / {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-15s  %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: packages ## Start the site at http://127.0.0.1:8000 (another port: make run PORT=8001)
	@$(PYTHON_HERE) tools/port.py "$(PORT)"
	@echo "Bringing the database up to date ..."
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) prepare_site --port $(PORT)
	@$(MANAGE) runserver 127.0.0.1:$(PORT)

##@ For developers

test: packages-dev ## Run all checks and tests
	@$(PYTHON_HERE) tools/test.py

test-long: packages-dev ## The same, with everything that is sampled otherwise
	@$(PYTHON_HERE) tools/test.py --long

lint: packages-dev ## Run the checks alone
	@$(PYTHON_HERE) tools/test.py --lint

format: packages-dev ## Put code and templates into their standard form
	@$(PYTHON_HERE) tools/test.py --format

##@ For developers of the import

fidelity: packages-dev ## Compare the real sites of ../shared, once imported, with what they served
	@$(PYTHON_HERE) tools/fidelity.py $(CASES)

kramdown: packages-dev ## Compare how we and kramdown read Markdown (needs Ruby with kramdown)
	@$(PYTHON_HERE) -m tools.kramdown $(BODIES)

fuzz: packages-dev ## Fuzz every reader for FUZZ_SECONDS (60) each; findings go to tests/fuzz/corpus
	@FUZZ_SECONDS=$${FUZZ_SECONDS:-60} $(PYTHON_HERE) tools/test.py --fuzz

bench-import: packages-dev ## Measure how fast an import writes, beside the naive loop (20 minutes)
	@$(PYTHON_HERE) -m tools.bench_import $(BENCH)

##@ For designers

screenshots: packages-dev ## Photograph every page type and block, on screens and on paper
	@$(PYTHON_HERE) -m tools.screenshots $(SOURCE)

lighthouse: packages-dev ## Measure every page type as in production (needs Node.js and Chromium)
	@$(PYTHON_HERE) -m tools.lighthouse

##@ For writers of guides

guide-pictures: packages-dev ## Take the pictures of the editors' guide anew (needs Chromium)
	@$(PYTHON_HERE) -m tools.guide_pictures

readme-pictures: packages-dev ## Take the two pictures of the README anew (needs Chromium)
	@$(PYTHON_HERE) -m tools.readme_pictures

packages:
	@sh tools/venv.sh requirements.txt

packages-dev:
	@sh tools/venv.sh requirements-dev.txt
