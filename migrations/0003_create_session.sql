CREATE TABLE session (
  citizen_id BYTEA NOT NULL,
  session_id BYTEA NOT NULL,
  token_hash BYTEA NOT NULL,
  opened_at_utc BIGINT NOT NULL,
  last_used_at_utc BIGINT NOT NULL,
  expires_at_utc BIGINT NOT NULL,
  device TEXT NOT NULL,
  network TEXT NOT NULL,
  signed_in_by TEXT NOT NULL,
  PRIMARY KEY (citizen_id, session_id)
);
-- Found by the hash of the cookie; the row goes when the session closes.
CREATE TABLE session_token (
  token_hash BYTEA NOT NULL PRIMARY KEY,
  citizen_id BYTEA NOT NULL,
  session_id BYTEA NOT NULL,
  last_used_at_utc BIGINT NOT NULL,
  expires_at_utc BIGINT NOT NULL
);
