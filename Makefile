# SPDX-License-Identifier: Apache-2.0
# make build   installs what is missing, leaves build/daybook and build/daybook-worker
# make run     builds and opens a demo organisation; prints its address
# make test    every test; make check also runs the gates and the full counts; make bench measures

.DEFAULT_GOAL := build

# npm must be there before its packages.
node_modules/.package-lock.json: | packages

.PHONY: build packages test-packages asan run test check bench install clean
BUILD := build

build: packages node_modules/.package-lock.json
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) >/dev/null
	@ninja -C $(BUILD) --quiet

# What the pages are made with, and the browser tests: pinned by the lock file.
node_modules/.package-lock.json: package.json package-lock.json
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

packages:
	@sh tools/packages.sh tools/packages.txt

test-packages:
	@sh tools/packages.sh tools/packages.txt tools/packages-test.txt

# clang with address and undefined-behaviour sanitizers; tests run there as well
asan: test-packages
	@test -f build-asan/build.ninja || CC=clang meson setup build-asan \
	  -Db_sanitize=address,undefined -Doptimization=1 >/dev/null
	@ninja -C build-asan --quiet

run: build
	@$(BUILD)/daybook demo

test: test-packages build
	@tests/run

check: test-packages build
	@tests/check

bench: test-packages build
	@bench/run

install: build
	@meson install -C $(BUILD)

clean:
	rm -rf build build-asan
