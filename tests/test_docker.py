"""The containers are described soundly: pinned, powerless, healthy; no daemon is needed."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from sightline.agent.llm.vllm_launch import Launch

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docker"
COMPOSE: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
DOCKERFILE = (FOLDER / "Dockerfile").read_text()
PINNED = re.compile(r"[\w./-]+:v?\d+\.\d+\.\d+[\w.-]*")


@pytest.mark.parametrize("name", SERVICES)
def test_services_are_pinned_and_powerless(name: str) -> None:
    service = SERVICES[name]
    assert PINNED.fullmatch(service["image"])
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.get("privileged")
    for volume in service.get("volumes", ()):
        source = volume.split(":")[0]
        assert source in COMPOSE["volumes"], "nothing of the host is mounted"
    networks = service.get("networks", [])
    assert all(network in COMPOSE["networks"] for network in networks)
    assert all(other in SERVICES for other in service.get("depends_on", ()))


def test_the_planner_has_a_gpu_a_health_check_and_no_port() -> None:
    planner = SERVICES["planner"]
    devices = planner["deploy"]["resources"]["reservations"]["devices"]
    assert devices[0]["capabilities"] == ["gpu"]
    assert planner["healthcheck"]["test"][0] == "CMD"
    assert planner["user"].split(":")[0] not in ("0", "root") and "ports" not in planner


def test_the_planner_is_started_as_make_vllm_starts_it() -> None:
    planner = SERVICES["planner"]
    flags = {word.split("=")[0] for word in planner["command"]}
    ours = set(Launch(model="m", gpu=True).command(Path("python")))
    assert flags - {"--gpu-memory-utilization"} <= ours
    settings = Launch(model="m", gpu=True).environment({})
    assert settings.items() <= planner["environment"].items()


def test_the_assistant_asks_the_planner() -> None:
    assistant = SERVICES["assistant"]
    assert "--planner-url=http://planner:8000/v1" in assistant["command"]
    assert set(assistant["networks"]) & set(SERVICES["planner"]["networks"])
    assert assistant["read_only"] and "data:/data" in assistant["volumes"]
    assert (FOLDER / assistant["build"]["context"] / assistant["build"]["dockerfile"]).is_file()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert assistant["image"].endswith(f":{version}")
    assert assistant["ports"] == ["${SIGHTLINE_ADDRESS:-127.0.0.1}:${SIGHTLINE_PORT:-7860}:7860"]


def test_the_example_settings_are_the_defaults() -> None:
    lines = (FOLDER / ".env.example").read_text().splitlines()
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    used = re.findall(r"\$\{(\w+):-([^}]*)\}", (FOLDER / "compose.yaml").read_text())
    assert example == dict(used)


def test_the_image_is_pinned_and_its_user_is_not_root() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, flags=re.M)
    assert len(bases) == 2 and all(PINNED.fullmatch(base) for base in bases)
    last = DOCKERFILE.split("\nFROM ")[-1]
    user = re.search(r"^USER (\d+)$", last, flags=re.M)
    assert user and user[1] != "0" and f"--uid {user[1]}" in last
    assert "HEALTHCHECK" in last and "VOLUME /data" in last
    assert "-r requirements.lock" in DOCKERFILE
    ignored = (FOLDER / "Dockerfile.dockerignore").read_text().split()
    assert {".git", ".venv", ".venv-vllm", "runs"} <= set(ignored)


def test_compose_reads_it() -> None:
    command = ["docker", "compose", "--file", str(FOLDER / "compose.yaml"), "config", "--quiet"]
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True).returncode:
        pytest.skip("the compose client is not installed")
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
