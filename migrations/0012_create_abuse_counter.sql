-- What has been spent of a budget against abuse: codes sent, money, guesses, wrong passwords. One row for each
-- budget, owner and slice of time; sums over slices make sliding windows. counter_key is a keyed hash (no number and
-- no address can be read back) and comes first, so that the table shards by it.
CREATE TABLE abuse_counter (
  counter_key BYTEA NOT NULL,
  kind TEXT NOT NULL,
  slice_start_utc BIGINT NOT NULL,
  spent BIGINT NOT NULL,
  expires_at_utc BIGINT NOT NULL,
  PRIMARY KEY (counter_key, kind, slice_start_utc)
);

CREATE INDEX abuse_counter_by_expiry ON abuse_counter (expires_at_utc);
-- For the metric of the fullest budget of a kind.
CREATE INDEX abuse_counter_by_kind ON abuse_counter (kind, slice_start_utc);
