-- Those who are let in with "sign in with Beresta". Few rows, read whole; the registration is one JSON text.
CREATE TABLE relying_party (
  client_id TEXT NOT NULL PRIMARY KEY,
  registration TEXT NOT NULL,
  secret_tag BYTEA,
  state TEXT NOT NULL,
  registered_at_utc BIGINT NOT NULL,
  changed_at_utc BIGINT NOT NULL
);
-- One row; grows with every change, so that each process knows when to read the table again.
CREATE TABLE relying_party_version (
  one BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL
);
INSERT INTO relying_party_version (one, version) VALUES (1, 1);
-- What a party asked for beyond its registration, for the registrar to read: one row for each kind of excess.
CREATE TABLE relying_party_refusal (
  client_id TEXT NOT NULL,
  excess TEXT NOT NULL,
  times BIGINT NOT NULL,
  first_at_utc BIGINT NOT NULL,
  last_at_utc BIGINT NOT NULL,
  PRIMARY KEY (client_id, excess)
);
