-- The numbers of an account: each signs in, one is primary (codes and notices go there). The number
-- itself is sealed in personal_record, category profile: the primary as "phone", others as "phone:<id>".
CREATE TABLE citizen_phone (
  citizen_id BYTEA NOT NULL,
  phone_id BYTEA NOT NULL,
  phone_index BYTEA NOT NULL,
  phone_masked TEXT NOT NULL,
  is_primary BIGINT NOT NULL,
  confirmed_at_utc BIGINT NOT NULL,
  PRIMARY KEY (citizen_id, phone_id)
);
-- Accounts made before: the number of registration has the account's own id.
INSERT INTO citizen_phone (citizen_id, phone_id, phone_index, phone_masked, is_primary, confirmed_at_utc)
SELECT c.citizen_id, c.citizen_id, l.blind_index, c.phone_masked, 1, c.registered_at_utc
FROM citizen c JOIN login_index l ON l.citizen_id = c.citizen_id AND l.kind = 'phone';
-- A number to take the place of one that is lost: proven, and waiting, so that whoever holds the old
-- number can object. One at a time.
CREATE TABLE number_change (
  citizen_id BYTEA NOT NULL PRIMARY KEY,
  replaces BYTEA NOT NULL,
  phone_index BYTEA NOT NULL,
  phone_sealed BYTEA NOT NULL,
  phone_masked TEXT NOT NULL,
  asked_at_utc BIGINT NOT NULL,
  applies_at_utc BIGINT NOT NULL
);
CREATE INDEX number_change_due ON number_change (applies_at_utc);
