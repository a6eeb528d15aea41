-- Somebody who gave the right password and still has to give the second factor.
CREATE TABLE second_factor_ticket (
  token_hash BYTEA NOT NULL PRIMARY KEY,
  citizen_id BYTEA NOT NULL,
  amr TEXT NOT NULL,
  attempts_left BIGINT NOT NULL,
  expires_at_utc BIGINT NOT NULL
);
