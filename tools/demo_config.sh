#!/usr/bin/env bash
# Writes the configuration of a demonstration: everything on this machine, the sandbox as the outside world.
#   tools/demo_config.sh DATA_DIR PORT > beresta.toml
# The admin listener takes PORT + 1, the sandbox PORT + 2, its SMS centre PORT + 3, its SIP trunk PORT + 4,
# its mail server PORT + 5.
set -euo pipefail
data=$(realpath "$1")
port=$2
root=$(cd "$(dirname "$0")/.." && pwd)
sandbox=http://localhost:$((port + 2))
cat <<TOML
[server]
port = $port
admin_port = $((port + 1))
public_url = "http://localhost:$port"
workers = 32
static_root = "$root/web/dist"

[store]
data_url = "sqlite:$data/main.db"
keys_url = "sqlite:$data/keys.db"

[keys]
root_key_file = "$data/root.key"
issuer_dir = "$data/issuer"

[installation]
name = "Береста"
issuer_name = "Цифровой центр Республики"
jurisdiction = "ru"
jurisdictions_dir = "$root/jurisdictions"
editions_dir = "${BERESTA_EDITIONS:-$root/editions}"
problems_file = "$root/locales/problems.json"

[operator.smsc]
kind = "smpp"
host = "127.0.0.1"
port = $((port + 3))
system_id = "beresta"
password = "secret"
source = "Beresta"

[operator.trunk]
kind = "sip"
host = "127.0.0.1"
port = $((port + 4))
username = "beresta"
password = "secret"
pool = ["+78432000000-+78432399999"]

[identity_provider.esia]
issuer = "$sandbox/idp"
client_id = "beresta"
client_secret = "demo-client-secret"
scopes = ["openid", "profile", "snils", "inn", "id_doc", "phone"]
name_ru = "Госуслуги (демонстрация)"
name_en = "Gosuslugi (demonstration)"

[registry]
base_url = "$sandbox/r1"
client = "DEMO/GOV/1001/beresta"
timeout_ms = 3000
retries = 0

[mail]
host = "127.0.0.1"
port = $((port + 5))
protection = "none"
from = "noreply@beresta.example"
from_name = "Береста"

[demo]
phone_url = "$sandbox/phone"
TOML
