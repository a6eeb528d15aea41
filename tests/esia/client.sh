#!/usr/bin/env bash
# A relying party of ESIA made of the openssl command and curl alone, sharing nothing with the server or
# the sandbox: it registers a key of its own at the sandbox's ESIA, signs a demo person in, checks both
# tokens and reads the person. Ends 0 when all of it was as documented.
#   tests/esia/client.sh v1|v2 gost|rsa SANDBOX_URL
set -euo pipefail

scheme=$1
kind=$2
sandbox=${3%/}
client_id=SHELL_CLIENT_${scheme}_$kind
redirect_uri=https://rp.example/callback
scope='openid fullname snils id_doc contacts'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# Commands without an -engine option find GOST by this.
cat >openssl.cnf <<'CNF'
openssl_conf = all
[all]
engines = engines
[engines]
gost = gost
[gost]
engine_id = gost
default_algorithms = ALL
[req]
distinguished_name = name
[name]
CNF
export OPENSSL_CONF=$work/openssl.cnf

fail() { echo "client.sh: $*" >&2; exit 1; }
say() { echo "ok  $*"; }
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
from_base64url() {
  local text
  text=$(tr '_-' '/+')
  while [ $((${#text} % 4)) -ne 0 ]; do text+='='; done
  printf %s "$text" | openssl base64 -d -A
}
field() { jq -er ".$2" <<<"$1" || fail "no $2 in: $1"; }
new_state() { cat /proc/sys/kernel/random/uuid; }

if [ "$kind" = gost ]; then
  openssl genpkey -algorithm gost2012_256 -pkeyopt paramset:A -out client.key
else
  openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out client.key 2>/dev/null
fi
openssl req -x509 -new -days 2 -subj "/CN=$client_id" -key client.key -out client.pem
jq -n --arg id "$client_id" --arg uri "$redirect_uri" --rawfile pem client.pem --arg alg "$kind" \
  '{client_id: $id, redirect_uris: [$uri], certificate: $pem, token_alg: $alg}' |
  curl -fsS -o /dev/null --data-binary @- "$sandbox/control/esia/clients"
curl -fsS -o esia.pem "$sandbox/control/esia/certificate?alg=$kind"
openssl x509 -in esia.pem -noout -pubkey >esia.pub
certificate_hash=$(openssl x509 -in client.pem -outform DER | openssl dgst -md_gost12_256 -r | cut -c1-64 | tr a-f A-F)

# secret TIMESTAMP STATE CODE: client_secret over the string of the scheme.
secret() {
  if [ "$scheme" = v1 ]; then
    printf %s "$scope$1$client_id$2" |
      openssl smime -sign -binary -outform DER -noattr -signer client.pem -inkey client.key | base64url
  else
    printf %s "$client_id$scope$1$2$redirect_uri$3" | openssl dgst -md_gost12_256 -sign client.key | base64url
  fi
}
if [ "$scheme" = v1 ]; then
  authorize=ac token=te extra=()
else
  authorize=v2/ac token=v3/te extra=(--data-urlencode "client_certificate_hash=$certificate_hash")
fi

# The browser: authorization request, demo person 0, yes.
state=$(new_state)
timestamp=$(date '+%Y.%m.%d %H:%M:%S %z')
page=$(curl -fsS -G -o /dev/null -w '%{redirect_url}' "$sandbox/esia/aas/oauth2/$authorize" \
  --data-urlencode "client_id=$client_id" --data-urlencode "client_secret=$(secret "$timestamp" "$state" "")" \
  --data-urlencode "scope=$scope" --data-urlencode "timestamp=$timestamp" --data-urlencode "state=$state" \
  --data-urlencode "redirect_uri=$redirect_uri" -d response_type=code -d access_type=offline "${extra[@]}")
[[ $page == "$sandbox"/esia/interaction/* ]] || fail "the authorization request was refused: $page"
say "the authorization request is accepted ($scheme, $kind)"
curl -fsS -o /dev/null -d person=0 "$page/login"
back=$(curl -fsS -o /dev/null -w '%{redirect_url}' -X POST "$page/allow")
[[ $back == "$redirect_uri?code="*"&state=$state" ]] || fail "came back to $back"
code=$(sed 's/.*[?]code=\([^&]*\).*/\1/' <<<"$back")
say "the person is led back with a code"

# redeem CODE: the token request, with a state of its own.
redeem() {
  token_state=$(new_state)
  local timestamp
  timestamp=$(date '+%Y.%m.%d %H:%M:%S %z')
  answer=$(curl -sS "$sandbox/esia/aas/oauth2/$token" \
    --data-urlencode "client_id=$client_id" --data-urlencode "client_secret=$(secret "$timestamp" "$token_state" "$1")" \
    --data-urlencode "scope=$scope" --data-urlencode "timestamp=$timestamp" --data-urlencode "state=$token_state" \
    --data-urlencode "redirect_uri=$redirect_uri" --data-urlencode "code=$1" \
    -d grant_type=authorization_code -d token_type=Bearer "${extra[@]}")
}
redeem "$code"
[ "$(field "$answer" state)" = "$token_state" ] || fail "another state came back"
[ "$(field "$answer" token_type)" = Bearer ] && [ "$(field "$answer" expires_in)" = 3600 ] || fail "$answer"
access_token=$(field "$answer" access_token)
id_token=$(field "$answer" id_token)
field "$answer" refresh_token >/dev/null
say "the code is exchanged for tokens, the state is echoed"

# verify TOKEN: its signature by ESIA's certificate; prints the claims.
verify() {
  local header
  header=$(cut -d. -f1 <<<"$1" | tr -d '\n' | from_base64url)
  printf %s "${1%.*}" >signed
  printf %s "${1##*.}" | from_base64url >signature
  if [ "$kind" = gost ]; then
    [ "$(jq -r .alg <<<"$header")" = GOST3410_2012_256 ] || fail "alg in $header"
    openssl dgst -md_gost12_256 -verify esia.pub -signature signature signed >/dev/null || fail "signature"
  else
    [ "$(jq -r .alg <<<"$header")" = RS256 ] || fail "alg in $header"
    openssl dgst -sha256 -verify esia.pub -signature signature signed >/dev/null || fail "signature"
  fi
  cut -d. -f2 <<<"$1" | tr -d '\n' | from_base64url
}
claims=$(verify "$id_token")
[ "$(field "$claims" aud)" = "$client_id" ] || fail "aud in $claims"
[ "$(jq -r '."urn:esia:sbj"."urn:esia:sbj:is_tru"' <<<"$claims")" = true ] || fail "is_tru in $claims"
oid=$(field "$claims" sub)
access_claims=$(verify "$access_token")
[ "$(jq -r '."urn:esia:sbj_id"' <<<"$access_claims")" = "$oid" ] || fail "two people"
say "both tokens are signed by ESIA and about the same person"

# The person, whole and by links.
rest() { curl -fsS -g -H "Authorization: Bearer $access_token" -H 'Accept: application/json' "$1"; }
person=$(rest "$sandbox/esia/rs/prns/$oid?embed=(contacts.elements,documents.elements)")
[ "$(field "$person" lastName)" = Галиева ] || fail "$person"
[ "$(field "$person" 'documents.elements[0].type')" = RF_PASSPORT ] || fail "$person"
links=$(rest "$sandbox/esia/rs/prns/$oid/ctts")
link=$(field "$links" 'elements[0]')
[ "$(field "$(rest "$link")" type)" = MBT ] || fail "a link leads nowhere: $link"
say "the person is read, embedded and by links"

# What has to be refused.
refused_with() { [[ $answer == *"ESIA-$1"* ]] || fail "expected ESIA-$1: $answer"; say "$2: ESIA-$1"; }
redeem "$code"
refused_with 007011 "the code serves once"
redeem "$(new_state)"
refused_with 007011 "an invented code"
openssl genpkey -algorithm gost2012_256 -pkeyopt paramset:A -out other.key
openssl req -x509 -new -days 2 -subj /CN=other -key other.key -out other.pem
mv other.key client.key
if [ "$scheme" = v1 ]; then
  mv other.pem client.pem
  redeem "$code"
  refused_with 007002 "another certificate"
else
  redeem "$code"
  refused_with 007053 "another key"
fi
