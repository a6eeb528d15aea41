-- What happened in the account, for its owner to read. No personal data: kind and what it was about.
CREATE TABLE operation (
  citizen_id BYTEA NOT NULL,
  operation_id BYTEA NOT NULL,
  at_utc BIGINT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  PRIMARY KEY (citizen_id, operation_id)
);
