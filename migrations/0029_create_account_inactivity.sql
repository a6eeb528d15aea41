-- Accounts that nobody has opened for long. One row from the first warning until the person comes back or
-- the account is closed for it; next_at_utc is when a worker has to look at it again.
CREATE TABLE account_inactivity (
  citizen_id BYTEA NOT NULL PRIMARY KEY,
  last_seen_at_utc BIGINT NOT NULL,
  warnings BIGINT NOT NULL,
  closes_at_utc BIGINT NOT NULL,
  next_at_utc BIGINT NOT NULL
);
CREATE INDEX account_inactivity_next ON account_inactivity (next_at_utc);
