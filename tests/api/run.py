"""Tries out every operation of the API of a real server, as its document describes them.

Starts the demo without visitors on a free port and in a folder of its own, logs in, and lets
schemathesis loose. The last line is counted by scripts/steps.sh.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
MILIEU = os.environ["MILIEU_BIN"]
SEED = "20261125"


def log_in(shop):
    body = json.dumps({"name": shop["login"], "password": shop["password"]}).encode()
    kind = {"Content-Type": "application/json"}
    request = urllib.request.Request(shop["url"] + "api/v1/session", body, kind)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)["token"]


def try_out(shop):
    """Runs schemathesis; returns its exit code and what it said."""
    environment = os.environ | {
        "MILIEU_TEST_SESSION": log_in(shop),
        "MILIEU_TEST_SERVER_KEY": shop["server_key"],
        "MILIEU_TEST_WRITE_KEY": shop["write_key"],
    }
    program = Path(sys.executable).with_name("schemathesis")
    command = [
        program,
        "--config-file",
        HERE / "schemathesis.toml",
        "--no-color",
        "run",
        shop["url"] + "api/v1/openapi.json",
        "--seed",
        SEED,
    ]
    done = subprocess.run(
        command, env=environment, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return done.returncode, done.stdout


def count(said):
    """Returns how many operations passed and failed, in all phases together."""
    passed = failed = 0
    phases = said.partition("= SUMMARY =")[0]
    for number, what in re.findall(r"(\d+) (passed|failed|errors?)\b", phases):
        if what == "passed":
            passed += int(number)
        else:
            failed += int(number)
    return passed, failed


def main():
    with tempfile.TemporaryDirectory() as folder:
        command = [MILIEU, "demo", "--visitors", "0", "--format", "json"]
        command += ["--listen", "127.0.0.1:0", "--data", f"{folder}/shop"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            code, said = try_out(json.loads(server.stdout.readline()))
        finally:
            server.terminate()
            server.wait(timeout=60)
    print(said)
    passed, failed = count(said)
    if code != 0 and failed == 0:
        failed = 1
    print(f"api: {passed} passed, {failed} failed")
    return 1 if failed or code or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
