CREATE TABLE acceptance (
  citizen_id BYTEA NOT NULL,
  acceptance_id BYTEA NOT NULL,
  edition_kind TEXT NOT NULL,
  edition_number BIGINT NOT NULL,
  edition_language TEXT NOT NULL,
  edition_sha256 TEXT NOT NULL,
  how TEXT NOT NULL,
  accepted_at_utc BIGINT NOT NULL,
  PRIMARY KEY (citizen_id, acceptance_id)
);
CREATE TABLE consent (
  citizen_id BYTEA NOT NULL,
  consent_id BYTEA NOT NULL,
  purpose TEXT NOT NULL,
  edition_kind TEXT NOT NULL,
  edition_number BIGINT NOT NULL,
  edition_language TEXT NOT NULL,
  edition_sha256 TEXT NOT NULL,
  granted_at_utc BIGINT NOT NULL,
  withdrawn_at_utc BIGINT,
  PRIMARY KEY (citizen_id, consent_id)
);
