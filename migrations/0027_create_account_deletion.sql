-- An account on its way out. One row while the person is asked to confirm ('asked'), while they may
-- change their mind ('frozen') and while a worker erases ('erasing'); due_at_utc is when the worker may
-- take it, or take it again after a crash. What is needed for the last message is sealed here, because
-- by then the keys are gone.
CREATE TABLE account_deletion (
  citizen_id BYTEA NOT NULL PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('asked', 'frozen', 'erasing')),
  challenge_id BYTEA NOT NULL,
  asked_at_utc BIGINT NOT NULL,
  confirmed_at_utc BIGINT,
  due_at_utc BIGINT,
  receipt_hash BYTEA,
  sealed BYTEA
);
CREATE INDEX account_deletion_due ON account_deletion (due_at_utc) WHERE state <> 'asked';
-- What a receipt number tells, also when nobody is left to ask. Found by the hash of the number; holds
-- nothing that leads to a person.
CREATE TABLE deletion_receipt (
  receipt_hash BYTEA NOT NULL PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('frozen', 'cancelled', 'erased')),
  confirmed_at_utc BIGINT NOT NULL,
  due_at_utc BIGINT NOT NULL,
  ended_at_utc BIGINT,
  report TEXT NOT NULL
);
-- The record that a consent was given and withdrawn, kept for its term under the receipt's hash alone.
CREATE TABLE kept_consent (
  receipt_hash BYTEA NOT NULL,
  kept_id BYTEA NOT NULL,
  act TEXT NOT NULL,
  edition_kind TEXT NOT NULL,
  edition_number BIGINT NOT NULL,
  edition_language TEXT NOT NULL,
  edition_sha256 TEXT NOT NULL,
  given_at_utc BIGINT NOT NULL,
  ended_at_utc BIGINT NOT NULL,
  keep_until_utc BIGINT NOT NULL,
  PRIMARY KEY (receipt_hash, kept_id)
);
CREATE INDEX kept_consent_until ON kept_consent (keep_until_utc);
CREATE INDEX login_index_by_citizen ON login_index (citizen_id);
