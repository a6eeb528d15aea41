-- What a citizen agreed to give a party. Withdrawn, the row stays as the record of both moments.
CREATE TABLE party_grant (
  citizen_id BYTEA NOT NULL,
  client_id TEXT NOT NULL,
  claims TEXT NOT NULL,
  offline_access BIGINT NOT NULL,
  purpose_digest BYTEA NOT NULL,
  granted_at_utc BIGINT NOT NULL,
  withdrawn_at_utc BIGINT,
  last_used_at_utc BIGINT NOT NULL,
  PRIMARY KEY (citizen_id, client_id)
);
-- One sign-in at a party: every token that came of it lives and dies with this row.
CREATE TABLE token_family (
  citizen_id BYTEA NOT NULL,
  family_id BYTEA NOT NULL,
  client_id TEXT NOT NULL,
  session_id BYTEA NOT NULL,
  facts TEXT NOT NULL,
  started_at_utc BIGINT NOT NULL,
  expires_at_utc BIGINT NOT NULL,
  revoked_at_utc BIGINT,
  PRIMARY KEY (citizen_id, family_id)
);
CREATE INDEX token_family_by_expiry ON token_family (expires_at_utc);
-- Keys of the tables below are the moment of expiry (seconds, 4 bytes, big-endian) before the SHA-256 of what
-- its holder presents: what has expired is a range of the primary key, and no second index has to be kept.
CREATE TABLE authorization_request (
  request_key BYTEA NOT NULL PRIMARY KEY,
  client_id TEXT NOT NULL,
  request TEXT NOT NULL
);
CREATE TABLE authorization_code (
  code_key BYTEA NOT NULL PRIMARY KEY,
  client_id TEXT NOT NULL,
  citizen_id BYTEA NOT NULL,
  family_id BYTEA NOT NULL,
  session_id BYTEA NOT NULL,
  request TEXT NOT NULL,
  facts TEXT NOT NULL,
  used_at_utc BIGINT
);
-- Without a citizen it is a service's own (client_credentials).
CREATE TABLE access_token (
  token_key BYTEA NOT NULL PRIMARY KEY,
  client_id TEXT NOT NULL,
  citizen_id BYTEA,
  family_id BYTEA,
  scope TEXT NOT NULL,
  jkt TEXT NOT NULL,
  issued_at_utc BIGINT NOT NULL
);
CREATE TABLE refresh_token (
  token_key BYTEA NOT NULL PRIMARY KEY,
  client_id TEXT NOT NULL,
  citizen_id BYTEA NOT NULL,
  family_id BYTEA NOT NULL,
  used_at_utc BIGINT
);
-- Assertions and proofs that were seen: each works once.
CREATE TABLE used_assertion (
  assertion_key BYTEA NOT NULL PRIMARY KEY
);
