# Longview's commands. `make help` lists them; each says what it does after the two hashes.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
# A Python that was named (here or in the environment) rebuilds .venv where it has another; one that was not, does not.
NAMED := $(if $(filter file,$(origin PYTHON)),,--python $(PYTHON))
ANY := $(firstword $(foreach p,python3 python $(PYTHON),$(if $(shell $(p) -c 'print(1)' 2>/dev/null),$(p))))
READY = $(if $(ANY),$(ANY) tools/ready.py,@echo "Not yet: Longview needs Python 3.11 or newer, and none was found (python.org/downloads)." >&2; exit 2;)
PYTEST := $(BIN)/python -m pytest
PROGRAM ?=

.DEFAULT_GOAL := help
.PHONY: help plan test test-slow lint format golden docs responses validation predictive mutants bench lock ready ready-dev clean

help: ## say what each of these does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1|/' | while IFS='|' read -r name words; do printf '  make %-10s %s\n' "$$name" "$$words"; done

plan: ready ## set up if need be, then plan the example (or PROGRAM=my-program) and say where the report is
	@if [ -n "$(PROGRAM)" ]; then $(BIN)/longview plan "$(PROGRAM)"; else $(BIN)/longview demo; fi

test: ready-dev ## run the tests (under 10 minutes on two cores)
	@HYPOTHESIS_PROFILE=ci $(PYTEST) -n 2 --dist loadfile -m "not slow"

test-slow: ready-dev ## run all tests, the long and the random ones too
	@HYPOTHESIS_PROFILE=slow $(PYTEST) -n 2 --dist loadfile

lint: ready-dev ## check style, types and which room imports which
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: ready-dev ## put the source in its usual shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

golden: ready-dev ## write the golden files anew (then read the difference)
	@LONGVIEW_GOLDEN=write $(PYTEST) -n 0 -k golden

docs: ready-dev ## write the pages made from the code, what README shows, and the examples' documents (minutes)
	@$(BIN)/python tools/docs.py
	@$(BIN)/python tools/readme.py --picture
	@$(BIN)/python tools/examples.py

responses: ready-dev ## write docs/responses.md: what every lever does on the example (minutes)
	@$(BIN)/python tools/responses.py

mutants: ready-dev ## break 60 lines one at a time and say which the tests catch (an hour; goes on where it stopped)
	@$(BIN)/python tools/mutants.py

policies: ready-dev ## write docs/policies-measured.md: what every law does on the example (minutes)
	@$(BIN)/python tools/policies.py

validation: ready-dev ## write docs/validation.md: published studies, run again (minutes)
	@$(BIN)/python tools/validation.py

predictive: ready-dev ## look for anything absurd in what the model expects of six programs, and write it to docs/model.md
	@$(BIN)/python tools/predictive.py

bench: ready-dev ## time the reading of records beside loading NumPy, in the same run (a minute or two)
	@$(BIN)/python benchmarks/records.py

lock: ready-dev ## renew requirements.lock and requirements-dev.lock
	@$(BIN)/python tools/lock.py

clean: ## take away what the commands above have made (.venv too)
	@rm -rf .venv out longview-demo dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

ready:
	@$(READY) run $(NAMED)

ready-dev:
	@$(READY) dev $(NAMED)
