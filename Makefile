# make memo      write the Iran memo into build/
# make test      everything that must hold: lint, then every test
# make test-all  the tests on each Python named below that this machine has
# make docs      the site of the docs, into build/site
# make test-page the page in memo.html: under Node.js and in a Chromium, which is fetched where the machine has none
# make test-editor the schemas in yaml-language-server, which is fetched into build/ by npm
# make test-cluster  tables on a cluster of this machine's own: test-ray, and test-spark, which needs Java
# make agreement 100,000 records, or RECORDS, decided in every way that there is: minutes
# make fuzz      every loader on files changed at random (SECURITY.md); INPUTS=1000000 SEED=1
# make memory    what 20,000 decisions leave behind; make test-core: the commands with no extra installed
# make mutants   mutation testing of the core, module by module (docs/mutation.md); MODULE=authority/weighing.py for one
# make lint | types | wheel | clean
PYTHON ?= python3
VERSIONS = 3.11 3.12 3.13
PIP_OPTIONS = --disable-pip-version-check -q
MEMO = build/iran-2020
INPUTS = 1000000
SEED = 1

.PHONY: memo docs test test-all test-core test-page test-editor test-cluster test-ray test-spark java agreement fuzz
.PHONY: memory mutants lint types wheel clean .venv
.SECONDARY: # make would delete the stamps of test-all as intermediate files

memo: .venv/.memo
	@mkdir -p build
	.venv/bin/authority memo iran-2020 -o $(MEMO).md -o $(MEMO).html -o $(MEMO).docx

docs: .venv/.docs
	@rm -rf build/site build/doctrees
	.venv/bin/python -m sphinx -q -W --keep-going -b html -d build/doctrees docs build/site
	@echo wrote build/site/index.html

test: lint
	.venv/bin/pytest -n auto --dist worksteal

lint: .venv/.dev types
	.venv/bin/ruff check -q authority tests benchmarks docs/conf.py docs/made
	.venv/bin/lint-imports --no-logo

types: .venv/.dev
	.venv/bin/pyright --pythonpath .venv/bin/python

test-page: .venv/.browser
	@for name in chromium chromium-browser google-chrome chrome; do command -v $$name >/dev/null && exit; done; \
		.venv/bin/playwright install chromium
	.venv/bin/pytest -rs tests/test_page.py tests/test_browser.py

test-editor: .venv/.dev
	@npm install --silent --no-fund --no-audit --prefix build/editor yaml-language-server@1.25.0
	.venv/bin/pytest -rs tests/test_editor.py

test-cluster: test-ray test-spark

test-ray: .venv/.ray
	.venv/bin/pytest -rs tests/test_cluster.py -k ray

test-spark: java .venv/.spark
	.venv/bin/pytest -rs tests/test_cluster.py -k spark

java:
	@[ -n "$$JAVA_HOME" -a -x "$$JAVA_HOME/bin/java" ] || command -v java >/dev/null || { \
		echo "Spark runs on Java, and this machine has none: Spark is not tested. Install one, of 17 or later:"; \
		echo "  apt-get install openjdk-17-jre-headless"; exit 1; } >&2

agreement: .venv/.dev
	.venv/bin/python tests/agreement.py $(RECORDS)

wheel: .venv/.made
	.venv/bin/pip wheel . --no-deps -w dist $(PIP_OPTIONS)

test-all:
	@for version in $(VERSIONS); do \
		if python$$version -c '' 2>/dev/null; then \
			echo "Python $$version"; $(MAKE) --no-print-directory test-on-$$version || exit 1; \
		else \
			echo "Python $$version: not on this machine, left out"; \
		fi; \
	done

test-on-%: .venv-%/.test
	.venv-$*/bin/pytest -n auto --dist worksteal

mutants: .venv/.mutants
	.venv/bin/python tests/mutants.py $(MODULE)

fuzz: .venv/.dev
	.venv/bin/python tests/fuzz.py --inputs $(INPUTS) --seed $(SEED)

memory: .venv/.dev
	DECISIONS=20000 .venv/bin/pytest tests/test_together.py -k memory

test-core: .venv/.dev
	.venv/bin/pytest tests/test_core.py

clean:
	rm -rf .venv .venv-* build dist .hypothesis .pytest_cache .ruff_cache .import_linter_cache
	find authority tests -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment is made anew when pyproject.toml changes; the stamps say how far it is.
.venv: .venv/.made

.venv/.made: pyproject.toml
	$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/.memo: .venv/.made
	.venv/bin/pip install -e '.[docx]' $(PIP_OPTIONS)
	@touch $@

.venv/.dev: .venv/.made
	.venv/bin/pip install -e '.[dev]' $(PIP_OPTIONS)
	@touch $@ .venv/.memo .venv/.docs

.venv/.docs: .venv/.made
	.venv/bin/pip install -e '.[docs]' $(PIP_OPTIONS)
	@touch $@

.venv/.browser: .venv/.dev
	.venv/bin/pip install -e '.[browser]' $(PIP_OPTIONS)
	@touch $@

.venv/.ray: .venv/.dev
	.venv/bin/pip install -e '.[ray]' $(PIP_OPTIONS)
	@touch $@

.venv/.spark: .venv/.dev
	.venv/bin/pip install -e '.[spark]' $(PIP_OPTIONS)
	@touch $@

.venv/.mutants: .venv/.made
	.venv/bin/pip install -e '.[mutants]' $(PIP_OPTIONS)
	@touch $@

.venv-%/.test: pyproject.toml
	python$* -m venv --clear .venv-$*
	.venv-$*/bin/pip install -e '.[all,test]' $(PIP_OPTIONS)
	@touch $@
