-- A code on its way to a number. Holds no number in clear: phone_sealed is AES-256-GCM, phone_index blind.
CREATE TABLE challenge (
  challenge_id BYTEA NOT NULL PRIMARY KEY,
  phone_index BYTEA NOT NULL,
  phone_sealed BYTEA NOT NULL,
  phone_masked TEXT NOT NULL,
  channel TEXT NOT NULL,
  code_hash BYTEA NOT NULL,
  state TEXT NOT NULL,
  attempts_left BIGINT NOT NULL,
  created_at_utc BIGINT NOT NULL,
  expires_at_utc BIGINT NOT NULL
);
CREATE INDEX challenge_by_phone ON challenge (phone_index, created_at_utc);
CREATE TABLE registration (
  token_hash BYTEA NOT NULL PRIMARY KEY,
  phone_index BYTEA NOT NULL,
  phone_sealed BYTEA NOT NULL,
  phone_masked TEXT NOT NULL,
  account TEXT NOT NULL,
  citizen_id BYTEA,
  step TEXT NOT NULL,
  phc TEXT,
  agreement_number BIGINT,
  agreement_language TEXT,
  agreement_sha256 TEXT,
  agreement_accepted_at_utc BIGINT,
  expires_at_utc BIGINT NOT NULL
);
CREATE TABLE authorization_flow (
  state_hash BYTEA NOT NULL PRIMARY KEY,
  browser_hash BYTEA NOT NULL,
  intent TEXT NOT NULL,
  citizen_id BYTEA,
  nonce TEXT NOT NULL,
  code_verifier TEXT NOT NULL,
  expires_at_utc BIGINT NOT NULL
);
