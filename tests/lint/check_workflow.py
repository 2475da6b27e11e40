"""The workflows: their commands exist, their actions are pinned, their rights are few."""

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # it comes with MkDocs; its types do not

from tests.support.site_build import PROJECT

WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
SITE, AUDIT = (PROJECT / ".github" / "workflows" / f"{name}.yml" for name in ("site", "audit"))
PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
SYSTEM = ("mkdir ", "tar ", ".venv/bin/python --version ")
"""The programs of the system that steps may run."""

type Job = dict[str, Any]


def workflow(path: Path) -> dict[Any, Any]:
    """Return a workflow."""
    read: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def jobs() -> dict[str, Job]:
    """Return the jobs of the workflow that publishes, by name."""
    read: dict[str, Job] = workflow(SITE)["jobs"]
    return read


def all_jobs() -> dict[str, Job]:
    """Return the jobs of all workflows by their names and those of their files."""
    return {
        f"{path.stem}: {name}": job
        for path in WORKFLOWS
        for name, job in workflow(path)["jobs"].items()
    }


def steps() -> list[dict[str, Any]]:
    """Return the steps of all jobs of all workflows."""
    return [step for job in all_jobs().values() for step in job["steps"]]


def commands() -> list[str]:
    """Return what the steps run, each command once."""
    return list(dict.fromkeys(step["run"] for step in steps() if "run" in step))


def check_every_action_is_pinned_to_a_commit() -> None:
    """With the version of that commit, for people and for Dependabot."""
    used = [
        line.partition("uses: ")[2]
        for path in (*WORKFLOWS, *(PROJECT / ".github").glob("actions/**/*.yml"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"\s*(- )?uses:", line)
    ]
    assert len(used) == sum("uses" in step for step in steps())
    assert [action for action in used if not PINNED.fullmatch(action)] == []


def check_an_action_has_one_version() -> None:
    """An update has to change it everywhere."""
    used = {step["uses"] for step in steps() if "uses" in step}
    assert len({action.partition("@")[0] for action in used}) == len(used)


def check_permissions_are_minimal() -> None:
    """All jobs may read the code; only one may publish, and it runs none of our code."""
    assert [workflow(path)["permissions"] for path in WORKFLOWS] == [{"contents": "read"}] * 2
    rights = {name: job["permissions"] for name, job in all_jobs().items() if "permissions" in job}
    assert rights == {
        "site: build": {"contents": "read", "pages": "read"},
        "site: deploy": {"pages": "write", "id-token": "write"},
    }
    assert [step for step in jobs()["deploy"]["steps"] if "run" in step] == []


def check_no_step_has_credentials() -> None:
    """The token of the checkout is not kept, and no secret is used."""
    checkouts = [step for step in steps() if "actions/checkout@" in step.get("uses", "")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)
    assert "secrets." not in "".join(map(Path.read_text, WORKFLOWS))


def check_no_command_contains_foreign_text() -> None:
    """Values from events and other jobs are passed as variables, never as a part of a script."""
    assert [command for command in commands() if "${{" in command] == []
    assert "pull_request_target" not in "".join(map(Path.read_text, WORKFLOWS))


def check_a_pull_request_publishes_nothing() -> None:
    """It is only checked; the later jobs are for main alone."""
    built = jobs()
    assert "pull_request" in built["build"]["if"]
    assert "refs/heads/main" in built["build"]["if"]
    assert built["build"]["needs"] == ["check", "pythons"]
    assert built["deploy"]["needs"] == "build"
    assert built["release-check"]["needs"] == ["build", "deploy"]


@pytest.mark.parametrize("name", all_jobs())
def check_each_job_has_a_time_limit(name: str) -> None:
    """And a fixed version of its machine."""
    job = all_jobs()[name]
    assert 0 < job["timeout-minutes"] <= 90
    assert re.fullmatch(r"ubuntu-\d\d\.\d\d", job["runs-on"])


@pytest.mark.parametrize("command", commands())
def check_each_command_exists(command: str) -> None:
    """A target of the Makefile, a module of ours, or a program of the system."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    if target := re.fullmatch(r"make ([\w-]+)", command):
        assert re.search(rf"^{target[1]}:", makefile, re.MULTILINE)
    elif module := re.match(r"python -m ([\w.]+) ", command):
        assert find_spec(module[1]) is not None
    else:
        assert command.startswith(SYSTEM)
        assert "\n" not in command


def check_lint_and_tests_are_run() -> None:
    """As everywhere else, and without skipped tests."""
    check = jobs()["check"]
    assert {"make lint", "make test"} <= {step.get("run") for step in check["steps"]}
    assert check["env"]["CI"]


def check_known_vulnerabilities_are_looked_for_every_day() -> None:
    """In the packages of Python and of npm; no other run waits for the registries' answer."""
    audit = workflow(AUDIT)
    schedule = audit[True]["schedule"]  # YAML reads the key "on" as true
    assert [re.fullmatch(r"\d+ \d+ \* \* \*", one["cron"]) is None for one in schedule] == [False]
    run = [step["run"] for step in audit["jobs"]["audit"]["steps"] if "run" in step]
    assert run == ["make audit-python", "make audit-npm"]
    everything = [SITE, PROJECT / ".ci" / "run"]
    assert [path.name for path in everything if "audit" in path.read_text(encoding="utf-8")] == []


def check_programs_are_installed_by_make_only() -> None:
    """A second list in the workflow could differ from the one that developers use."""
    assert [command for command in commands() if "apt" in command] == []
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^test: .*\bbrowsers\b", makefile, re.MULTILINE)
    assert re.search(r"^browsers:.*\n\t@.* -m tests\.support\.machine$", makefile, re.MULTILINE)


def check_the_site_is_built_for_its_address() -> None:
    """The address that Pages reports, with a slash at its end."""
    build = next(step for step in jobs()["build"]["steps"] if step.get("run") == "make build")
    assert build["env"]["SITE_URL"].endswith("}}/")
    check = jobs()["release-check"]["steps"][-1]
    assert check["run"].startswith("python -m checklist.site.publishing.release site ")
    assert jobs()["build"]["outputs"]["address"] == build["env"]["SITE_URL"]


def check_node_is_the_version_that_make_installs() -> None:
    """The same major version as the wheel that `make` fetches where a machine has no Node."""
    groups = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    (wheel,) = groups["dependency-groups"]["node"]
    versions = {
        step["with"]["node-version"]
        for step in steps()
        if "actions/setup-node@" in step.get("uses", "")
    }
    assert versions == {wheel.partition("==")[2].partition(".")[0]}


def check_updates_are_proposed_for_all_dependencies() -> None:
    """Actions, npm and pip; once a month, in groups, except urgent ones."""
    text = (PROJECT / ".github" / "dependabot.yml").read_text(encoding="utf-8")
    updates = {one["package-ecosystem"]: one for one in yaml.safe_load(text)["updates"]}
    assert set(updates) == {"github-actions", "npm", "pip"}
    for one in updates.values():
        assert one["schedule"]["interval"] == "monthly"
        assert all(group["applies-to"] == "version-updates" for group in one["groups"].values())


def check_shipped_packages_are_updated_separately() -> None:
    """A change of what visitors get is not hidden among tools."""
    text = (PROJECT / ".github" / "dependabot.yml").read_text(encoding="utf-8")
    (npm,) = (u for u in yaml.safe_load(text)["updates"] if u["package-ecosystem"] == "npm")
    package = yaml.safe_load((PROJECT / "package.json").read_text(encoding="utf-8"))
    assert npm["groups"]["shipped"]["patterns"] == sorted(package["dependencies"])


def check_every_supported_python_is_tested() -> None:
    """The site is built and the unit tests are run with each, and not with another."""
    job = jobs()["pythons"]
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={job['strategy']['matrix']['python'][0]}"
    assert job["strategy"]["matrix"]["python"] == ["3.12", "3.13", "3.14"]
    assert {"make build", "make check"} <= {step.get("run") for step in job["steps"]}
    assert job["env"]["PYTHON"] == "python${{ matrix.python }}"
    last = job["steps"][-1]
    assert last["run"].startswith(".venv/bin/python --version | grep ")
    assert last["env"]["VERSION"] == "${{ matrix.python }}"
