# Everything runs with the Node and Yarn in .toolchain, so that the machine needs no more than git, make, npm and some
# Node. What is done is remembered by stamp files: a second run starts at once.

export PATH := $(CURDIR)/.toolchain/node_modules/.bin:$(PATH)
export YARN_ENABLE_TELEMETRY := 0

RUN := node --require @backstage/cli/config/nodeTransform.cjs

TOOLCHAIN := .toolchain/.ready
INSTALLED := node_modules/.installed
APP := packages/app/dist/.built

MANIFESTS := package.json yarn.lock .yarnrc.yml $(wildcard packages/*/package.json plugins/*/package.json)
FRONTEND := packages/app plugins/datasource-auth plugins/datasource-auth-react plugins/datasource-auth-common
FRONTEND_SOURCES := app-config.yaml $(shell find $(wildcard $(addsuffix /src,$(FRONTEND)) packages/app/public) \
	-type f ! -name '*.test.ts' ! -name '*.test.tsx' 2>/dev/null)

.PHONY: help demo test ci faults fuzz mutants bench docs pictures tutorial pack adoption api-reports install build fmt clean

help:
	@echo 'make demo     start Backstage, the demo provider and a sample consumer'
	@echo 'make test     formatting, lint, types, unit, integration and browser tests'
	@echo 'make ci       make test, then make adoption; the last line counts both'
	@echo 'make faults   break renewals on purpose, each fault 20 times, and write docs/reliability.md'
	@echo 'make fuzz     send 50,000 requests that are nearly right, and see that nothing fails, hangs or leaks'
	@echo 'make mutants  switch off one protection after the other, and see that a test notices; ONLY=word: some'
	@echo 'make bench    measure the hot paths, and write docs/performance.md; CHECK=1: fail where a target is missed'
	@echo 'make docs     write docs/http-api.md from the description of the HTTP API'
	@echo 'make pictures take a picture of every view of the page into .pictures; VIEWS=list,detail: only those'
	@echo 'make tutorial take the pictures of docs/tutorial.md, while make demo runs in another window'
	@echo 'make pack     make tarballs of the packages, to install them from in your own Backstage'
	@echo 'make adoption pack the plugins, and install them in fresh apps as the README says'
	@echo 'make api-reports  write down what the packages export, after a change of it'
	@echo 'make install  bring Node, Yarn and the packages'
	@echo 'make build    build the app that make demo serves'
	@echo 'make fmt      format everything and fix what lint can fix'
	@echo 'make clean    remove what was built, and the data of the demo'

demo: $(APP)
	@$(RUN) packages/runner/src/runDemo.ts

test: $(INSTALLED)
	@$(RUN) packages/runner/src/runTests.ts

ci: $(INSTALLED)
	@$(RUN) packages/runner/src/runCi.ts

faults: $(INSTALLED)
	@$(RUN) packages/runner/src/runFaults.ts

fuzz: $(INSTALLED)
	@$(RUN) packages/runner/src/runFuzz.ts

mutants: $(INSTALLED)
	@$(RUN) packages/runner/src/runMutants.ts

bench: $(APP)
	@$(RUN) packages/bench/src/runBench.ts $(if $(CHECK),--check)

docs: $(INSTALLED)
	@cd plugins/datasource-auth-backend && \
		WRITE_DOCS=1 yarn backstage-cli package test --watch=false src/http/httpApiPage.test.ts

pictures: $(APP)
	@WALK=pictures PICTURES=$(VIEWS) yarn playwright test

tutorial: $(INSTALLED)
	@WALK=tutorial yarn playwright test

pack: $(INSTALLED)
	@$(RUN) packages/runner/src/runPack.ts

adoption: $(INSTALLED)
	@$(RUN) packages/runner/src/runAdoption.ts

api-reports: $(INSTALLED)
	@yarn tsc --incremental false
	@yarn build:api-reports

install: $(INSTALLED)

build: $(APP)

fmt: $(INSTALLED)
	@yarn prettier --write --loglevel warn .
	@yarn backstage-cli repo lint --fix

clean:
	rm -rf .demo .cache .packed .pictures coverage dist-types test-results e2e-test-report
	rm -rf packages/*/dist plugins/*/dist packages/*/coverage plugins/*/coverage

$(TOOLCHAIN): scripts/toolchain.sh
	@scripts/toolchain.sh
	@touch $@

$(INSTALLED): $(TOOLCHAIN) $(MANIFESTS)
	@echo 'Installing packages'
	@yarn install --immutable
	@touch $@

$(APP): $(INSTALLED) $(FRONTEND_SOURCES)
	@echo 'Building the app'
	@mkdir -p .cache
	@yarn workspace app build > .cache/app-build.log 2>&1 || { cat .cache/app-build.log; exit 1; }
	@touch $@
