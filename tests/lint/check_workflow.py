"""The workflow that publishes: it runs what it names, and nothing in it can be swapped."""

import re
import tomllib
from importlib.util import find_spec
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # it comes with MkDocs; its types do not

from tests.support.site_build import PROJECT

WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
SITE = PROJECT / ".github" / "workflows" / "site.yml"
PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
SYSTEM = ("mkdir ", "tar ", ".venv/bin/python --version ")
"""What a step may begin with, beside our own commands."""

type Job = dict[str, Any]


def jobs() -> dict[str, Job]:
    """Return the jobs by name."""
    read: dict[str, Job] = yaml.safe_load(SITE.read_text(encoding="utf-8"))["jobs"]
    return read


def steps() -> list[dict[str, Any]]:
    """Return the steps of all jobs."""
    return [step for job in jobs().values() for step in job["steps"]]


def commands() -> list[str]:
    """Return what the steps run, each command once."""
    return list(dict.fromkeys(step["run"] for step in steps() if "run" in step))


def check_every_action_is_pinned_to_a_commit() -> None:
    """With the version that the commit is, for people and for Dependabot."""
    used = [
        line.partition("uses: ")[2]
        for path in (*WORKFLOWS, *(PROJECT / ".github").glob("actions/**/*.yml"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"\s*(- )?uses:", line)
    ]
    assert len(used) == sum("uses" in step for step in steps())
    assert [action for action in used if not PINNED.fullmatch(action)] == []


def check_an_action_has_one_version() -> None:
    """An update that forgot a place would run two."""
    used = {step["uses"] for step in steps() if "uses" in step}
    assert len({action.partition("@")[0] for action in used}) == len(used)


def check_rights_are_the_least() -> None:
    """All may read the code; one job may publish, and runs nothing of ours."""
    whole = yaml.safe_load(SITE.read_text(encoding="utf-8"))
    assert whole["permissions"] == {"contents": "read"}
    rights = {name: job["permissions"] for name, job in jobs().items() if "permissions" in job}
    assert rights == {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    assert [step for step in jobs()["deploy"]["steps"] if "run" in step] == []


def check_no_step_is_left_a_key() -> None:
    """The token that the checkout uses is not kept, and no secret is asked for."""
    checkouts = [step for step in steps() if "actions/checkout@" in step.get("uses", "")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)
    assert "secrets." not in SITE.read_text(encoding="utf-8")


def check_no_command_is_put_together_from_outside() -> None:
    """What comes from the event or another job comes as a variable, never as a part of a script."""
    assert [command for command in commands() if "${{" in command] == []
    assert "pull_request_target" not in SITE.read_text(encoding="utf-8")


def check_a_pull_request_publishes_nothing() -> None:
    """It is checked; what comes after the check is for main alone."""
    built = jobs()
    assert "pull_request" in built["build"]["if"]
    assert "refs/heads/main" in built["build"]["if"]
    assert built["build"]["needs"] == ["check", "pythons"]
    assert built["deploy"]["needs"] == "build"
    assert built["release-check"]["needs"] == ["build", "deploy"]


@pytest.mark.parametrize("name", jobs())
def check_a_job_ends(name: str) -> None:
    """Each has a limit of its own, and a machine that does not change by itself."""
    job = jobs()[name]
    assert 0 < job["timeout-minutes"] <= 90
    assert re.fullmatch(r"ubuntu-\d\d\.\d\d", job["runs-on"])


@pytest.mark.parametrize("command", commands())
def check_a_command_is_there(command: str) -> None:
    """A target of the Makefile, a module of ours, or the system's own."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    if target := re.fullmatch(r"make ([\w-]+)", command):
        assert re.search(rf"^{target[1]}:", makefile, re.MULTILINE)
    elif module := re.match(r"python -m ([\w.]+) ", command):
        assert find_spec(module[1]) is not None
    else:
        assert command.startswith(SYSTEM)
        assert "\n" not in command


def check_what_must_pass_is_run() -> None:
    """Lint and tests, the same as everywhere, and no test skipped."""
    check = jobs()["check"]
    assert {"make lint", "make test"} <= {step.get("run") for step in check["steps"]}
    assert check["env"]["CI"]


def check_no_step_gets_programs_of_its_own() -> None:
    """They would be a second list, and the tests' own would be right only on one's own machine."""
    assert [command for command in commands() if "apt" in command] == []
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^test: .*\bbrowsers\b", makefile, re.MULTILINE)
    assert re.search(r"^browsers:.*\n\t@.* -m tests\.support\.machine$", makefile, re.MULTILINE)


def check_the_site_is_built_for_where_it_goes() -> None:
    """The address that Pages tells, with the slash that it leaves out."""
    build = next(step for step in jobs()["build"]["steps"] if step.get("run") == "make build")
    assert build["env"]["SITE_URL"].endswith("}}/")
    check = jobs()["release-check"]["steps"][-1]
    assert check["run"].startswith("python -m checklist.site.release site ")
    assert jobs()["build"]["outputs"]["address"] == build["env"]["SITE_URL"]


def check_node_is_the_one_that_we_fetch_otherwise() -> None:
    """The same major version as the wheel that `make` gets where a machine has none."""
    groups = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    (wheel,) = groups["dependency-groups"]["node"]
    asked = {
        step["with"]["node-version"]
        for step in steps()
        if "actions/setup-node@" in step.get("uses", "")
    }
    assert asked == {wheel.partition("==")[2].partition(".")[0]}


def check_updates_are_proposed_for_all_that_we_use() -> None:
    """Actions, npm and pip; once a month, in groups, but for what is urgent."""
    text = (PROJECT / ".github" / "dependabot.yml").read_text(encoding="utf-8")
    updates = {one["package-ecosystem"]: one for one in yaml.safe_load(text)["updates"]}
    assert set(updates) == {"github-actions", "npm", "pip"}
    for one in updates.values():
        assert one["schedule"]["interval"] == "monthly"
        assert all(group["applies-to"] == "version-updates" for group in one["groups"].values())


def check_what_is_shipped_is_updated_apart() -> None:
    """A change of what visitors get is not hidden among tools."""
    text = (PROJECT / ".github" / "dependabot.yml").read_text(encoding="utf-8")
    (npm,) = (u for u in yaml.safe_load(text)["updates"] if u["package-ecosystem"] == "npm")
    package = yaml.safe_load((PROJECT / "package.json").read_text(encoding="utf-8"))
    assert npm["groups"]["shipped"]["patterns"] == sorted(package["dependencies"])


def check_every_python_builds() -> None:
    """The site is built and the unit tests are run with each Python that we say will do."""
    job = jobs()["pythons"]
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={job['strategy']['matrix']['python'][0]}"
    assert job["strategy"]["matrix"]["python"] == ["3.12", "3.13", "3.14"]
    assert {"make build", "make check"} <= {step.get("run") for step in job["steps"]}
    assert job["env"]["PYTHON"] == "python${{ matrix.python }}"
    last = job["steps"][-1]
    assert last["run"].startswith(".venv/bin/python --version | grep ")
    assert last["env"]["VERSION"] == "${{ matrix.python }}"
