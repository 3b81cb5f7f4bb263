# `make help` lists the targets. PYTHON picks the interpreter of .venv, SOURCE what the demo reads.
PYTHON ?= python3
SOURCE ?= clip
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Python compiles what it imports when it first does, which is a small part of what is installed.
INSTALL := $(PIP) install --no-compile

# With a ROS 2 sourced, its rclpy and the numpy it was built with are used, no wheels. Outside make,
# source ros_ws/install/setup.sh (make colcon) too: ROS loads message libraries by LD_LIBRARY_PATH.
SOURCED := $(if $(ROS_DISTRO),$(shell $(PYTHON) -c 'import rclpy' 2>/dev/null && echo yes))
ifdef SOURCED
VENV_FLAGS := --system-site-packages
PINS := "numpy==$(shell $(PYTHON) -c 'import numpy; print(numpy.__version__)')"
EXTRAS := bags,report,media,actor,bridges,dashboard
export LD_LIBRARY_PATH := $(CURDIR)/.venv/lib:$(LD_LIBRARY_PATH)
else
PINS := --constraint docker/constraints.txt
EXTRAS := ros,bags,report,media,actor,bridges,dashboard
endif

# A stamp carries the digest of what it was made from, so a checkout that only touches
# files rebuilds nothing.
digest = $(shell find $(1) -type f ! -name README.md ! -path '*/__pycache__/*' 2>/dev/null \
  | LC_ALL=C sort | xargs cat | sha256sum | cut -c1-16)
MSGS := .venv/stamps/msgs-$(call digest,msgs docker/constraints.txt)
MIEN := .venv/stamps/mien-$(call digest,pyproject.toml docker/constraints.txt launch \
  nodes/mien/graph.py nodes/hatch_build.py nodes/package.xml)
TESTS := .venv/stamps/tests-$(call digest,pyproject.toml docker/constraints.txt)
TRAIN := .venv/stamps/train-$(call digest,pyproject.toml docker/constraints.txt)
INTEROP := .venv/stamps/interop-$(call digest,msgs/interop msgs/cmake docker/constraints.txt)
RTX := .venv/stamps/rtx-$(call digest,pyproject.toml docker/constraints.txt)
MODELS := .venv/stamps/models-$(call digest,models/registry.toml models/mien_models/convert)
stamp = mkdir -p $(@D) && rm -f $(@D)/$(1)-* && touch $@

ALONGSIDE := tests/unit tests/contract tests/real

# Tests hear nobody else's graph.
TEST_ENV = ROS_PYTHON_CHECK_FIELDS=1 ROS_AUTOMATIC_DISCOVERY_RANGE=LOCALHOST \
  ROS_DOMAIN_ID=$$(($$$$ % 101 + 1))

.PHONY: help page interop setup train demo test test-fast soak lint bench generate colcon clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup: $(MODELS) ## make .venv: messages, mien, models; quick when nothing changed
	@:

demo: setup ## run on SOURCE (clip, a file, a camera) into out/demo
	$(BIN)/mien run --source $(SOURCE) --out out/demo --overwrite

interop: $(INTEROP) ## add messages of ROS4HRI and tf2, for those without a ROS of their own
	@:

train: $(TRAIN) ## add what training needs to .venv
	@:

# Tests without a graph share the cores; those that start nodes have them for themselves.
test: lint $(TRAIN) $(RTX) $(INTEROP) ## everything that CI runs
	@failed=0; \
	$(TEST_ENV) $(BIN)/pytest --numprocesses auto --dist loadfile $(ALONGSIDE) || failed=1; \
	$(TEST_ENV) $(BIN)/pytest $(addprefix --ignore=,$(ALONGSIDE)) || failed=1; \
	exit $$failed

test-fast: $(TESTS) ## unit and contract tests only
	$(TEST_ENV) $(BIN)/pytest --numprocesses auto tests/unit tests/contract

soak: $(TESTS) ## let a run go on for ten minutes, and see that no process grows
	$(TEST_ENV) MIEN_SOAK_S=600 $(BIN)/pytest -m soak tests/soak tests/ros/test_soak.py

lint: $(TESTS) ## style, types, imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup build/bench/bin/python ## measure beside MediaPipe (5 min): JSON and a picture
	MIEN_BENCH_PYTHON=$(abspath build/bench/bin/python) $(BIN)/python tests/bench/run.py

generate: $(TESTS) ## rewrite what derives from graph, configs and registry
	$(BIN)/mien generate

page: ## build the dashboard's page, which is tracked; needs Node 20 and npm
	cd nodes/mien/dashboard/page && npm ci --no-audit --no-fund --silent && npm run --silent build

colcon: setup ## build ros_ws with colcon
ifndef SOURCED
	@sed -n '/^requires = /,/^]/s/^ *"\(.*\)",/\1/p' msgs/pyproject.toml > .venv/msgs-build.txt
	@$(INSTALL) $(PINS) --group colcon --requirement .venv/msgs-build.txt
endif
	cd ros_ws && PATH="$(abspath $(BIN)):$$PATH" COLCON_DEFAULTS_FILE=colcon_defaults.yaml \
	  python -m colcon build $(if $(SOURCED),,--cmake-args -DBUILD_TESTING=OFF \
	  -DCMAKE_PROJECT_INCLUDE=$(abspath msgs/cmake/ros_wheels.cmake) -DPython3_EXECUTABLE=$(abspath $(BIN)/python))

clean: ## remove outputs and caches; .venv stays
	rm -rf out build dist ros_ws/build ros_ws/install ros_ws/log
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find nodes models tests launch -name __pycache__ -prune -exec rm -rf {} +

# The first suitable Python: in range, with venv, and with the headers that messages compile against.
SUITS := import sys, ensurepip, sysconfig, os; sys.exit(not ((3, 10) <= sys.version_info[:2] < (3, 14) \
  and os.path.exists(sysconfig.get_path("include") + "/Python.h")))
$(BIN)/python:
	@$(CXX) --version >/dev/null 2>&1 || { echo "no C++ compiler: apt-get install g++"; exit 1; }
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3.10; do \
	  $$python -c '$(SUITS)' 2>/dev/null && exec $$python -m venv $(VENV_FLAGS) .venv; \
	done; \
	echo "no Python from 3.10 to 3.13 with venv and headers: apt-get install python3-venv python3-dev,"; \
	echo "or name one: make setup PYTHON=/path/to/python3.12"; exit 1

# The compiler leaves room for the installer: what mien needs beside its messages is installed meanwhile.
$(MSGS): | $(BIN)/python
	@echo "building the messages, about a minute"
	@$(INSTALL) $(PINS) pip
ifdef SOURCED
	@$(INSTALL) scikit-build-core ninja
	@$(INSTALL) --force-reinstall --no-deps --no-build-isolation ./msgs
else
	@rm -rf .venv/wheels
	@$(PIP) wheel $(PINS) --no-deps --wheel-dir .venv/wheels ./msgs & wheel=$$!; \
	  $(INSTALL) $(PINS) --editable '.[$(EXTRAS:ros,%=%)]' || { kill $$wheel; exit 1; }; \
	  wait $$wheel && $(INSTALL) --force-reinstall --no-deps .venv/wheels/*.whl
endif
	@$(call stamp,msgs)

$(MIEN): $(MSGS)
	@echo "installing mien"
	@$(INSTALL) $(PINS) --editable '.[$(EXTRAS)]'
	@$(call stamp,mien)

$(MODELS): $(MIEN)
	@$(BIN)/mien models fetch
	@$(call stamp,models)

# A ROS that is sourced has its own.
$(INTEROP): $(MSGS)
ifndef SOURCED
	@echo "building messages of others, about a minute"
	@$(INSTALL) $(PINS) --no-deps ./msgs/interop
endif
	@$(call stamp,interop)

$(TESTS): $(MODELS)
	@echo "installing what tests need"
	@$(INSTALL) $(PINS) --editable '.[$(EXTRAS),research,test]'
	@$(call stamp,tests)

$(TRAIN): $(MODELS)
	@echo "installing torch"
	@$(INSTALL) $(PINS) --editable '.[$(EXTRAS),train]'
	@$(call stamp,train)

# Where its wheels cannot be had the tests that need them are skipped, and it is tried again next time.
$(RTX): $(MODELS)
	@echo "installing TensorRT for RTX, 100 MB"
	@$(INSTALL) $(PINS) --editable '.[$(EXTRAS),rtx]' && $(call stamp,rtx) \
	  || echo "TensorRT for RTX is not to be had here; its tests are skipped"

# Apart from .venv: MediaPipe brings an OpenCV of its own.
build/bench/bin/python: pyproject.toml | $(BIN)/python
	@$(BIN)/python -m venv build/bench
	@$(PIP) --python build/bench install --group bench
	@touch $@
