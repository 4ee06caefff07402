# Every target sets up what it needs. `make help` lists them.
SHELL := /bin/bash
BUILD := build/release
JOBS ?= $(shell nproc)
.DEFAULT_GOAL := build
.PHONY: help deps configure build demo test bench check tidy format fuzz sanitize install clean

help:            ## list the targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

deps:            ## install the Debian packages that are missing
	@dev/install-deps build

configure: deps
	@cmake --preset release -Wno-dev $(if $(VERBOSE),,>/dev/null)

build: configure ## build the program, build/release/bin/ohmloop
	@cmake --build --preset release --parallel $(JOBS) --target ohmloop

demo: build      ## evaluate ResNet-18 on a processing-in-memory and on a digital accelerator
	@dev/demo $(BUILD)/bin/ohmloop

test: configure  ## build and run all tests
	@dev/install-deps test
	@cmake --build --preset release --parallel $(JOBS)
	@ctest --preset release

bench: configure ## run the benchmarks and compare them with their goals
	@bench/run $(BUILD) $(JOBS)

check:           ## formatting, include layers, file sizes, clang-tidy on changed files
	@dev/install-deps check
	@cmake --preset release -Wno-dev >/dev/null
	@dev/check-format
	@dev/check-layers
	@dev/check-names
	@dev/check-sizes
	@dev/check-tidy $(BUILD) $(JOBS)

format:          ## rewrite the sources in the project's format
	@dev/install-deps check
	@git ls-files '*.cpp' '*.hpp' | xargs clang-format-14 -i

sanitize: deps   ## run all tests under the address and undefined-behaviour sanitizers
	@cmake --preset asan -Wno-dev >/dev/null
	@cmake --build --preset asan --parallel $(JOBS)
	@ctest --preset asan

fuzz:            ## run the fuzzers and the long property tests (SECONDS each, default 60)
	@dev/install-deps fuzz
	@dev/fuzz $(JOBS) $(or $(SECONDS_EACH),60)

install: build   ## install under PREFIX (default /usr/local)
	@cmake --install $(BUILD) --prefix $(or $(PREFIX),/usr/local)

clean:           ## remove everything that was built
	@rm -rf build
