# `make run` builds the program and trains DRAGAN on the digits; `make test` runs all tests. Both install what is missing.

PACKAGES = libcmark-gfm-dev libcmark-gfm-extensions-dev libedit-dev libmd-dev libopenblas0-pthread libjpeg62-turbo-dev libpng-dev libwebp-dev libzmq5 zlib1g-dev
GAN = .build/release/gan
PREFIX ?= /usr/local

.PHONY: run build test test-peers test-notebook test-lab keys fuzz sanitize hostile mutants bench gallery experiments lint format docs install packages modules clean

run: build
	$(GAN) examples/dragan.gan
	@echo "The picture is dragan.png."

build: packages modules
	swift build -c release --static-swift-stdlib --product gan

# Tests build apart from the program: they need its internals, the program is linked without. They run beside each other, each with
# an engine of its own.
test: packages modules lint
	swift test -c release -Xswiftc -enable-testing --scratch-path .build/test

# What Gan writes, read back by those who made the formats (Tests/Peers). Their Python packages go into .build/peers, for which it asks the network
# the first time.
test-peers: build .build/peers/installed
	@for test in Tests/Peers/*.py; do echo $$test; GAN=$(GAN) .build/peers/bin/python $$test || exit 1; done

.build/peers/installed: Tests/Peers/requirements.txt
	python3 -m venv .build/peers
	.build/peers/bin/pip install --quiet -r $<
	@touch $@

# Notebooks and the kernel against Jupyter's own programs (Tests/Jupyter/Protocol/run). The Python packages go into .build/notebook, for which it
# asks the network the first time. About two minutes.
test-notebook: build
	@Tests/Jupyter/Protocol/run $(GAN)

# The page of `gan lab` in Chromium, without a network; its Python packages go into .build/lab.
test-lab: build .build/lab/installed
	@./.ci/packages chromium
	.build/lab/bin/python Tests/Lab/browser.py $(GAN)
	.build/lab/bin/python Tests/Lab/lecture.py $(GAN) .build/lab/lecture quick

.build/lab/installed: Tests/Lab/requirements.txt
	python3 -m venv .build/lab
	.build/lab/bin/pip install --quiet -r $<
	@touch $@

# Random keys in windows of any size: sessions=10000, from seed=1 on. `make test` tries 200.
keys: packages modules
	KEY_SESSIONS=$(or $(sessions),10000) KEY_SEED=$(or $(seed),1) swift test -c release -Xswiftc -enable-testing --scratch-path .build/test --filter RandomKeysTests

# Looks for inputs that crash, hang or eat memory, for so many minutes in all (Tests/Fuzz/README.md).
fuzz: packages modules
	@Tests/Fuzz/fuzz $(or $(minutes),2)

# The tests with AddressSanitizer and UndefinedBehaviorSanitizer, and what has several threads with ThreadSanitizer: both, or only=thread
# (docs/debugging.md). Each has a build of its own; about an hour.
sanitize: packages modules
	@Tests/sanitize $(only)

# Trainings that are killed at random moments (kills=60 of each of three kinds), and a day's work in minutes with a look at the memory
# (docs/debugging.md).
hostile: build
	@Tests/Hostile/kill $(or $(kills),60) $(GAN)
	@Tests/Hostile/day $(or $(scale),1) $(GAN)

# Tests the tests: makes wrong changes to a copy of the sources, one at a time, and sees whether a test notices (docs/debugging.md). Those that
# have no verdict yet, or only="stdlib Syntax". Not a part of `make test`.
mutants: packages
	@Tests/mutate $(only)

# Beside Gan's times those of the peers that a Python has: PYTHON, and PYTHON_TF for TensorFlow. About seven minutes.
bench: build .build/bench/measure .build/bench/peak
	@Benchmarks/bench

# The pictures and tables of the pages anew, judged by examples/claims: all (about 25 minutes), or only="animation vae"; with
# seed=3 only judged. What is there of the present program is not made again.
gallery: build
	@only="$(only)" seed="$(seed)" docs/tools/gallery

# Those of docs/experiments.md: an hour more.
experiments: build
	@only="$(or $(only),gradient_norms architectures modes collapse)" seed="$(seed)" docs/tools/gallery

.build/bench/%: Benchmarks/tools/%.c
	@mkdir -p $(@D)
	$(CC) -O2 -Wall -Wextra -ffp-contract=fast -pthread -o $@ $<

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

docs: build
	$(GAN) docs docs/reference.md

# Without the names of its functions, which only a debugger reads: 19 MB in place of 52.
install: build
	install -D -s $(GAN) $(PREFIX)/bin/gan

packages:
	@./.ci/packages $(PACKAGES)

# The modules of the standard library and the files of the page, for the program.
modules:
	@stdlib/embed
	@Sources/LabPage/embed

clean:
	rm -rf .build
