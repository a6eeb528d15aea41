-- The person's account. Every table owned by a citizen has citizen_id first in its key, so that it shards.
CREATE TABLE citizen (
  citizen_id BYTEA NOT NULL PRIMARY KEY,
  assurance_level TEXT NOT NULL,
  assurance_source TEXT,
  assurance_raised_at_utc BIGINT,
  phone_masked TEXT NOT NULL,
  registered_at_utc BIGINT NOT NULL
);
-- From a blind index (HMAC of kind and normalised value) to the citizen: phone numbers, provider subjects.
CREATE TABLE login_index (
  kind TEXT NOT NULL,
  blind_index BYTEA NOT NULL,
  citizen_id BYTEA NOT NULL,
  PRIMARY KEY (kind, blind_index)
);
CREATE TABLE password_authenticator (
  citizen_id BYTEA NOT NULL PRIMARY KEY,
  phc TEXT NOT NULL,
  changed_at_utc BIGINT NOT NULL
);
