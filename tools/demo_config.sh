#!/usr/bin/env bash
# Writes the configuration of a demonstration: everything on this machine, the sandbox as the outside world.
#   tools/demo_config.sh DATA_DIR PORT > beresta.toml
# The admin listener takes PORT + 1 and the sandbox PORT + 2.
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
editions_dir = "$root/editions"
problems_file = "$root/locales/problems.json"

[operator.sms]
kind = "http"
channel = "sms"
url = "$sandbox/operator/sms"
token = "demo-operator-token"
body = '{"id":"{id}","to":"{to}","text":"{text}"}'
success_status = [200]
id_pointer = "/message_id"

[operator.call]
kind = "http"
channel = "call"
url = "$sandbox/operator/calls"
token = "demo-operator-token"
body = '{"id":"{id}","to":"{to}","code":"{code}"}'
success_status = [200]
id_pointer = "/call_id"

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

[demo]
phone_url = "$sandbox/phone"
TOML
