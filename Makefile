# One command for each thing a developer does. The longer ones are scripts of the same name in scripts/.

SHELL   := /bin/bash
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X hathor/internal/cli.version=$(VERSION)

CLIENT         := web/dist/index.html
CLIENT_PACKAGES := web/node_modules/.installed
CLIENT_SOURCES := $(shell find web \( -name node_modules -o -path web/dist \) -prune -o -type f -not -name '*.test.*' -not -name '*.go' -print 2>/dev/null)
TOOLS          := .tools/bin/.installed
TOOLS_SOURCES  := $(shell find tools -type f)

.PHONY: help
help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

.PHONY: build
build: $(CLIENT) ## bin/hathor, static, with the client inside
	CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags '$(LDFLAGS)' -o bin/hathor ./cmd/hathor

.PHONY: client
client: $(CLIENT) ## The web client alone, which the program takes in when it is built

.PHONY: cross
cross: $(TOOLS) ## Compile and vet for every machine that releases are for
	@scripts/cross

.PHONY: run
run: build ## Build what changed and serve on port 5000 with ./data
	PORT=$${PORT:-5000} DATA_DIR=$${DATA_DIR:-./data} bin/hathor serve

.PHONY: dev
dev: $(TOOLS) $(CLIENT_PACKAGES) ## Server and client, both reloaded on change
	@scripts/dev

.PHONY: test
test: build $(TOOLS) ## Every layer of tests; says at the end what could not run
	@scripts/test

.PHONY: check
check: build $(TOOLS) ## Format, lint, arrows, dead code, types, generated files, budgets
	@scripts/check

.PHONY: fmt
fmt: $(TOOLS) $(CLIENT_PACKAGES) ## Format everything
	git ls-files -z --cached --others --exclude-standard '*.go' | xargs -0 .tools/bin/goimports -local hathor -w
	npm --prefix web run format

.PHONY: api
api: build ## Write api/openapi.json and the client's types anew
	bin/hathor openapi >api/openapi.json
	npm --prefix web run api:types

.PHONY: lighthouse
lighthouse: build ## Scores of the sign-in and home pages; wants a quiet machine
	npm --prefix e2e/lighthouse ci --ignore-scripts
	node e2e/lighthouse/run.mjs

.PHONY: shots
shots: build ## Pictures of every page, wide and narrow, light and dark, in e2e/shots
	node e2e/browser/lib/shots.mjs e2e/shots

.PHONY: bench
bench: build ## Measure every row of speed and write bench/RESULTS.md; wants a quiet machine, about eight minutes
	go run ./bench run $(BENCH)

.PHONY: seed
seed: ## Fill DATA_DIR=… with a database of SONGS=100000 songs without files, to look at pages and queries
	go run ./bench seed --songs $${SONGS:-100000} "$${DATA_DIR:?name an empty folder for it}"

.PHONY: clean
clean: ## Remove what was built or installed; ./data stays
	rm -rf bin .tools web/node_modules
	find web/dist -mindepth 1 -not -name .gitkeep -delete

$(CLIENT_PACKAGES): web/package.json web/package-lock.json
	npm --prefix web ci
	@touch $@

$(CLIENT): $(CLIENT_PACKAGES) $(CLIENT_SOURCES)
	npm --prefix web run build
	@touch web/dist/.gitkeep $@

$(TOOLS): $(TOOLS_SOURCES)
	cd tools && GOBIN=$(CURDIR)/.tools/bin go install tool ./...
	@touch $@
