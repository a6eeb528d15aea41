-- A code app. Its secret is in personal_record, category authenticators. last_used_step only grows: no code works
-- twice. Wrong codes in a row make it wait, longer each time.
CREATE TABLE totp_authenticator (
  citizen_id BYTEA NOT NULL PRIMARY KEY,
  made_at_utc BIGINT NOT NULL,
  confirmed_at_utc BIGINT,
  last_used_step BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  blocked_until_utc BIGINT NOT NULL
);
-- A row goes when its code is used.
CREATE TABLE recovery_code (
  citizen_id BYTEA NOT NULL,
  code_hash BYTEA NOT NULL,
  made_at_utc BIGINT NOT NULL,
  PRIMARY KEY (citizen_id, code_hash)
);
