-- Effects on the outside world, decided in a transaction and carried out after it (docs: outbox.h).
-- While a row is leased, next_attempt_at_utc is the end of the lease: an abandoned row comes due by
-- itself, and one index serves both.
CREATE TABLE outbox (
  outbox_id BYTEA NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  dedup_key TEXT NOT NULL,
  payload BYTEA NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'dead')),
  attempts BIGINT NOT NULL,
  next_attempt_at_utc BIGINT NOT NULL,
  lease_until_utc BIGINT,
  lease_owner BYTEA,
  last_error_reason TEXT,
  created_at_utc BIGINT NOT NULL,
  finished_at_utc BIGINT,
  UNIQUE (kind, dedup_key)
);
CREATE INDEX outbox_due ON outbox (kind, next_attempt_at_utc) WHERE state = 'pending';
CREATE INDEX outbox_finished ON outbox (finished_at_utc) WHERE state <> 'pending';
