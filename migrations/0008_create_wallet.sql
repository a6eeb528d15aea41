-- State of each document card; the record itself is in personal_record.
CREATE TABLE document (
  citizen_id BYTEA NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  problem TEXT NOT NULL,
  fetch_number BIGINT NOT NULL,
  requested_at_utc BIGINT NOT NULL,
  received_at_utc BIGINT,
  next_attempt_at_utc BIGINT,
  PRIMARY KEY (citizen_id, kind)
);
CREATE TABLE device (
  citizen_id BYTEA NOT NULL,
  device_id BYTEA NOT NULL,
  name TEXT NOT NULL,
  public_key BYTEA NOT NULL,
  made_at_utc BIGINT NOT NULL,
  PRIMARY KEY (citizen_id, device_id)
);
CREATE TABLE attestation (
  citizen_id BYTEA NOT NULL,
  attestation_digest BYTEA NOT NULL,
  device_id BYTEA NOT NULL,
  question TEXT NOT NULL,
  expires_at_utc BIGINT NOT NULL,
  PRIMARY KEY (citizen_id, attestation_digest)
);
-- Index tables by digest: where an identity attestation's portrait is, and what is no longer accepted.
CREATE TABLE portrait_index (
  attestation_digest BYTEA NOT NULL PRIMARY KEY,
  citizen_id BYTEA NOT NULL,
  expires_at_utc BIGINT NOT NULL
);
CREATE TABLE revoked_attestation (
  attestation_digest BYTEA NOT NULL PRIMARY KEY,
  revoked_at_utc BIGINT NOT NULL,
  expires_at_utc BIGINT NOT NULL
);
CREATE INDEX revoked_attestation_by_moment ON revoked_attestation (revoked_at_utc);
