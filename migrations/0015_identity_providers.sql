-- Several identity providers: the one a browser was sent to, and those an account is linked with.
ALTER TABLE authorization_flow ADD COLUMN provider TEXT NOT NULL DEFAULT '';
-- subject_index is the row of login_index that leads from the provider's subject to this account.
CREATE TABLE provider_link (
  citizen_id BYTEA NOT NULL,
  provider TEXT NOT NULL,
  subject_index BYTEA NOT NULL,
  linked_at_utc BIGINT NOT NULL,
  last_used_at_utc BIGINT NOT NULL,
  PRIMARY KEY (citizen_id, provider, subject_index)
);
