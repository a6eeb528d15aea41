-- A device without a browser waits for a citizen's decision made elsewhere (RFC 8628). Keys as in 0022.
CREATE TABLE device_authorization (
  device_key BYTEA NOT NULL PRIMARY KEY,
  client_id TEXT NOT NULL,
  scope TEXT NOT NULL,
  state TEXT NOT NULL,
  polled_at_utc BIGINT,
  citizen_id BYTEA,
  session_id BYTEA,
  facts TEXT
);
-- From what the citizen types to the device; the text is short, so only its keyed digest is kept.
CREATE TABLE device_user_code (
  user_code_tag BYTEA NOT NULL PRIMARY KEY,
  device_key BYTEA NOT NULL
);
