#!/usr/bin/env bash
# Registers the demonstration's clinic, which signs people in with Beresta, and prints its client_id and
# client_secret as JSON for the sandbox.
#   tools/demo_clinic.sh BERESTA CONFIG SANDBOX_URL > clinic.json
set -euo pipefail
beresta=$1
config=$2
sandbox=$3
exec "$beresta" relying-party add - --config "$config" <<JSON
{"name_ru": "Поликлиника (демонстрация)", "name_en": "Clinic (demonstration)",
 "purpose_ru": "Чтобы записать вас к врачу и позвонить, если время изменится",
 "purpose_en": "To book you in with a doctor and call if the time changes",
 "token_endpoint_auth_method": "client_secret_basic",
 "redirect_uris": ["$sandbox/clinic/callback"],
 "post_logout_redirect_uris": ["$sandbox/clinic"],
 "claims": ["family_name", "given_name", "middle_name", "birthdate", "phone_number"],
 "device_grant": true}
JSON
