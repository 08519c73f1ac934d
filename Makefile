# All commands use the Node.js and Yarn in .toolchain, so the machine needs only git, make and Node.js 20 or later with npm.
# Stamp files record finished steps, so a second run starts immediately.

export PATH := $(CURDIR)/.toolchain/node_modules/.bin:$(PATH)
export YARN_ENABLE_TELEMETRY := 0
# Programs start with a quarter less processor time when Node.js keeps what it compiled.
export NODE_COMPILE_CACHE := $(CURDIR)/.cache/compiled

RUN := node --require @backstage/cli/config/nodeTransform.cjs

TOOLCHAIN := .toolchain/.ready
INSTALLED := node_modules/.installed
APP := packages/app/dist/.built

MANIFESTS := package.json yarn.lock .yarnrc.yml $(wildcard packages/*/package.json plugins/*/package.json)
FRONTEND := packages/app plugins/datasource-auth plugins/datasource-auth-react plugins/datasource-auth-common
FRONTEND_SOURCES := app-config.yaml $(shell find $(wildcard $(addsuffix /src,$(FRONTEND)) packages/app/public) \
	-type f ! -name '*.test.ts' ! -name '*.test.tsx' 2>/dev/null)

.PHONY: help demo test ci faults fuzz mutants bench docs pictures tutorial pack release next adoption api-reports install build fmt clean

help:
	@echo 'make demo     start Backstage, a demo provider and a sample plugin'
	@echo 'make test     run all checks and tests; GROUP=checks, unit, faults or browser selects some'
	@echo 'make ci       run make test, then make adoption'
	@echo 'make faults   break token refreshes on purpose, and write docs/reliability.md'
	@echo 'make fuzz     send 50,000 almost valid requests, and mix 50,000 calls of people; check that nothing fails, hangs or leaks'
	@echo 'make mutants  remove one protection at a time, and check that a test fails; ONLY=word selects some'
	@echo 'make bench    measure the hot paths, and write docs/performance.md; CHECK=1 fails on a missed target'
	@echo 'make docs     write what the docs take from code: pages, and parts of others'
	@echo 'make pictures take screenshots of every view into .pictures; VIEWS=list,detail selects some'
	@echo 'make tutorial take the screenshots of docs/tutorial.md; run make demo in another terminal first'
	@echo 'make pack     create tarballs of the packages, to install them in another Backstage'
	@echo 'make release  turn changesets into versions and changelogs, and pack what the registry gets'
	@echo 'make next     run make test with the newest Backstage packages of the registry'
	@echo 'make adoption pack the plugins, and install them in fresh apps as the README says'
	@echo 'make api-reports  regenerate the API reports'
	@echo 'make install  install Node.js, Yarn and the packages'
	@echo 'make build    build the app that make demo serves'
	@echo 'make fmt      format everything and fix what lint can fix'
	@echo 'make clean    remove build output and the data of the demo'

demo: $(APP)
	@$(RUN) packages/runner/src/runDemo.ts

test: $(INSTALLED)
	@$(RUN) packages/runner/src/runTests.ts $(GROUP)

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
		WRITE_DOCS=1 yarn backstage-cli package test --watch=false \
		src/http/httpApiPage.test.ts src/providers/document.test.ts src/eventsAndMetrics.test.ts
	@cd plugins/datasource-auth && \
		WRITE_DOCS=1 yarn backstage-cli package test --watch=false src/translation/settingsPage.test.ts \
		src/frame/brands.test.ts
	@cd packages/runner && \
		WRITE_DOCS=1 yarn backstage-cli package test --watch=false \
		src/docs/errorMessages.test.ts src/docs/reference.test.ts

pictures: $(APP)
	@WALK=pictures PICTURES=$(VIEWS) yarn playwright test

tutorial: $(INSTALLED)
	@WALK=tutorial yarn playwright test

pack: $(INSTALLED)
	@$(RUN) packages/runner/src/runPack.ts

release: $(INSTALLED)
	@$(RUN) packages/runner/src/runRelease.ts

next: $(INSTALLED)
	@$(RUN) packages/runner/src/runNext.ts

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
