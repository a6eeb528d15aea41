#!/usr/bin/env python3
"""Fails when the route table and docs/api/openapi.yaml disagree, or a route lacks a policy or a limit.

    tools/check_routes.py BERESTA_BINARY

Asks the binary for its table (`beresta routes`) in a scratch installation.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
POLICIES = {"public", "optional_session", "session"}
# Listeners that strangers do not reach need no limit.
ADMIN = {"getHealth", "getReadiness", "getMetrics"}


def route_table(binary):
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder) / "beresta.toml"
        config.write_text(subprocess.run([ROOT / "tools/demo_config.sh", folder, "8080"], check=True,
                                         capture_output=True, text=True).stdout)
        def run(*words):
            return subprocess.run([binary, *words, "--config", config, "--set", "server.static_root="],
                                  check=True, capture_output=True, text=True).stdout
        run("keys", "init")
        run("migrate")
        return json.loads(run("routes"))


def contract_policy(operation):
    security = operation.get("security")
    if not security:
        return "public"
    return "optional_session" if {} in security else "session"


def main(binary):
    contract = yaml.safe_load((ROOT / "docs/api/openapi.yaml").read_text())
    documented = {(method.upper(), path): operation
                  for path, operations in contract["paths"].items()
                  for method, operation in operations.items()}
    findings = []
    routes = route_table(binary)
    served = {(route["method"], route["path"]): route for route in routes}
    for key in sorted(set(documented) - set(served)):
        findings.append(f"{' '.join(key)}: documented, not served")
    for key, route in sorted(served.items()):
        name = " ".join(key)
        operation = documented.get(key)
        if operation is None:
            findings.append(f"{name}: served, not in docs/api/openapi.yaml")
            continue
        if operation["operationId"] != route["operation_id"]:
            findings.append(f"{name}: operationId {operation['operationId']} against {route['operation_id']}")
        if route["auth"] not in POLICIES or route["auth"] != contract_policy(operation):
            findings.append(f"{name}: auth {route['auth']} against {contract_policy(operation)}")
        limit = route["limit"]
        burst = limit.get("burst", 0) if isinstance(limit, dict) else 0
        if burst <= 0 and route["operation_id"] not in ADMIN:
            findings.append(f"{name}: no rate limit")
        for parameter in re.findall(r"{(\w+)}", key[1]):
            if parameter not in [p["name"] for p in operation.get("parameters", [])]:
                findings.append(f"{name}: parameter {parameter} is not documented")
    print("\n".join(findings) or f"{len(routes)} routes agree with the contract")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
