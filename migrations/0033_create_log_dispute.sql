-- "That was not right": an entry its owner disputes, for the data-protection officer.
CREATE TABLE log_dispute (
  citizen_id BYTEA NOT NULL,
  entry_id BYTEA NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('not_me', 'unknown_party', 'no_need', 'other')),
  state TEXT NOT NULL CHECK (state IN ('open', 'answered')),
  disputed_at_utc BIGINT NOT NULL,
  PRIMARY KEY (citizen_id, entry_id)
);
CREATE INDEX log_dispute_open ON log_dispute (disputed_at_utc) WHERE state = 'open';
