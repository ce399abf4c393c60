# "make" lists what there is. Everything works without make, too: each target
# is the command that it shows.

BENCHTIME ?= 1s
FUZZTIME ?= 30s

# Not a tool line of go.mod: it would bring sixty modules with it.
GOSEC = github.com/securego/gosec/v2/cmd/gosec@v2.30.0

# Where samples and sizes of files are counted, numbers change their width by
# the definition of the formats; each such place bounds them first. The composer
# of the demo's music and the benchmark are run by developers only.
SAMPLES = audio/.*|plusofon/plusofontest/.*

# What README.md shows: of these variants of the pages, these.
PICTURED = ru-1280-light|ru-360-dark|en-1280-light
SHOWN = ru-1280-light-player ru-1280-light-upload ru-360-dark-list en-1280-light-file

.DEFAULT_GOAL := help
.PHONY: help run demo test soak bench microbench fuzz lint formatted up-to-date documented fmt generate screenshots

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Run the dashboard against Plusofon, on http://127.0.0.1:8080
	go run ./cmd/dashboard

demo: ## Run the dashboard with example files, no account needed
	go run ./cmd/dashboard --demo

test: ## Run all tests, installing Chromium, nginx and a C compiler where they are missing
	@.ci/install-test-needs
	go test -race ./...

soak: ## Run the program under load and faults for a while (SOAK=10m)
	go test -tags soak -count=1 -timeout 30m -v -run 'TestSoak|TestThousand' ./cmd/dashboard

bench: ## Measure the program beside nginx and others, into docs/benchmarks.md (ROW=download: only that, printed)
	@.ci/install-bench-needs
	go run ./cmd/benchmark $(if $(ROW),-row '$(ROW)',-output docs/benchmarks.md)

microbench: ## Run the benchmarks of the packages (BENCHTIME=1s)
	go test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) ./...

fuzz: ## Run each fuzz test for a while (FUZZTIME=30s)
	@grep -ro --include='*_test.go' '^func Fuzz[A-Za-z0-9]*' . | while IFS=: read -r file name; do \
		go test -run '^$$' -fuzz "^$${name#func }$$" -fuzztime $(FUZZTIME) "$$(dirname "$$file")" || exit 1; done

lint: formatted up-to-date documented ## Check the form, look for mistakes, and see that what is generated is up to date
	go vet ./...
	go tool staticcheck ./...
	go run $(GOSEC) -quiet -exclude-generated -exclude-dir=cmd/dashboard/demo -exclude-dir=cmd/benchmark -exclude-rules='$(SAMPLES):G115' ./...

formatted:
	@files=$$(gofmt -l .); test -z "$$files" || { printf 'not formatted, run "make fmt":\n%s\n' "$$files" >&2; exit 1; }

up-to-date: generate
	@files=$$(git status --porcelain -- '*_templ.go'); \
		test -z "$$files" || { printf 'generated anew, to be committed:\n%s\n' "$$files" >&2; exit 1; }

documented:
	@awk '/^require|^\)/ { direct = /^require/ } direct && NF == 2 && $$2 ~ /^v/ { print "| `" $$1 "` | " $$2 " |" }' go.mod | \
		while read -r line; do grep -qF "$$line" docs/dependencies.md || { echo "not in docs/dependencies.md: $$line" >&2; exit 1; }; done

fmt: ## Format Go and templ
	gofmt -w .
	go tool templ fmt views

generate: ## Generate all that is generated and committed
	go tool templ generate -log-level warn

screenshots: ## Take the pictures in docs/pictures anew, from the running demo
	@.ci/install-test-needs
	@folder=$$(mktemp -d) && trap 'rm -r "$$folder"' EXIT && \
		PICTURES=$$folder go test -count=1 -run '^TestPagesFit$$/^($(PICTURED))$$' ./cmd/dashboard && \
		for name in $(SHOWN); do install -m 644 "$$folder/$$name.png" docs/pictures/ || exit 1; done
