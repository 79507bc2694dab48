# Milieu's commands; what they do stands in scripts/.
.PHONY: help demo test check bench dashboard install

help:
	@echo "make demo       builds all, starts a simulated shop, prints its address and a login"
	@echo "make test       installs what tests need, runs all of them; last line: N passed, N failed"
	@echo "make check      format, lints, house tests: before every commit"
	@echo "make bench      measures Milieu beside its peers; writes bench/results.json"
	@echo "make dashboard  builds the dashboard alone, if its sources changed"
	@echo "make install    installs what tests need, and nothing else"

demo:
	@scripts/demo $(DEMO)

test:
	@scripts/test

check:
	@scripts/check

bench:
	@scripts/bench

dashboard:
	@scripts/dashboard

install:
	@scripts/install
