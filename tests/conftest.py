"""What every test may use: the three Hypothesis profiles, the bundled Iran record, and the command."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

import authority
from authority.cli import run
from authority.facts import FactPattern

SAID = Callable[..., tuple[int, str, str]]

# A made-up case takes many draws, which the check for slow generation takes amiss on a busy machine.
_BUSY = [HealthCheck.too_slow]

# To find which lines a red test has in common takes longer than to shrink it, and tells less.
_PHASES = [phase for phase in Phase if phase is not Phase.explain]

# The same examples on every machine, so that a red test is red for everybody.
settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    print_blob=True,
    max_examples=100,
    phases=_PHASES,
    suppress_health_check=_BUSY,
)
# Other examples at each run, and many: pytest --hypothesis-profile=thorough
settings.register_profile("thorough", settings.get_profile("ci"), derandomize=False, max_examples=1_000)
# Few, and none made smaller: for the mutants, each of which is tried on its own (docs/mutation.md).
settings.register_profile(
    "few", settings.get_profile("ci"), max_examples=12, phases=[Phase.explicit, Phase.generate], print_blob=False
)
settings.load_profile("ci")


@pytest.fixture(scope="session")
def iran() -> FactPattern:
    """The record on Iran and al-Qaeda."""
    return authority.load_case("iran-2020")


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> SAID:
    """The exit code, standard output and standard error of ``authority`` with some arguments."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = run([str(each) for each in arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    return call
