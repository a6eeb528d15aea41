ALTER TABLE party_grant ADD COLUMN expires_at_utc BIGINT;
ALTER TABLE party_grant ADD COLUMN granted_claims TEXT NOT NULL DEFAULT '';
ALTER TABLE party_grant ADD COLUMN narrowed_at_utc BIGINT;
ALTER TABLE party_grant ADD COLUMN document_sha256 TEXT NOT NULL DEFAULT '';
UPDATE party_grant SET granted_claims = claims;
-- A consent to a party that ended before another one was given to the same party: the record of it.
CREATE TABLE ended_party_grant (
  citizen_id BYTEA NOT NULL,
  client_id TEXT NOT NULL,
  granted_at_utc BIGINT NOT NULL,
  granted_claims TEXT NOT NULL,
  claims TEXT NOT NULL,
  offline_access BIGINT NOT NULL,
  expires_at_utc BIGINT,
  narrowed_at_utc BIGINT,
  withdrawn_at_utc BIGINT,
  last_used_at_utc BIGINT NOT NULL,
  document_sha256 TEXT NOT NULL,
  PRIMARY KEY (citizen_id, client_id, granted_at_utc)
);
-- What people were shown when they agreed to give a party something: texts about nobody, one row for each text.
CREATE TABLE consent_document (
  sha256 TEXT NOT NULL PRIMARY KEY,
  language TEXT NOT NULL,
  body TEXT NOT NULL
);
