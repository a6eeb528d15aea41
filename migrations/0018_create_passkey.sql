-- A public key that its owner signs in with. No personal data: the name is the owner's own word for it.
CREATE TABLE passkey (
  citizen_id BYTEA NOT NULL,
  passkey_id BYTEA NOT NULL,
  credential_id BYTEA NOT NULL,
  cose_key BYTEA NOT NULL,
  sign_count BIGINT NOT NULL,
  backup_eligible BIGINT NOT NULL,
  backed_up BIGINT NOT NULL,
  aaguid BYTEA NOT NULL,
  attestation TEXT NOT NULL,
  name TEXT NOT NULL,
  made_at_utc BIGINT NOT NULL,
  last_used_at_utc BIGINT,
  PRIMARY KEY (citizen_id, passkey_id)
);
-- From the hash of a credential id to its owner: a passkey signs in without a name being typed.
CREATE TABLE passkey_index (
  credential_hash BYTEA NOT NULL PRIMARY KEY,
  citizen_id BYTEA NOT NULL,
  passkey_id BYTEA NOT NULL
);
-- What was to be used once and has been: challenges of passkeys. A row lives as long as the thing would have.
CREATE TABLE used_once (
  used_hash BYTEA NOT NULL PRIMARY KEY,
  expires_at_utc BIGINT NOT NULL
);
