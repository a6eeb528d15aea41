-- Requests of people about their own data. What they and the officer wrote is in the vault, not here.
CREATE TABLE subject_request (
  citizen_id BYTEA NOT NULL,
  request_id BYTEA NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  is_open BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  language TEXT NOT NULL,
  consent TEXT NOT NULL,
  received_at_utc BIGINT NOT NULL,
  due_day TEXT NOT NULL,
  due_at_utc BIGINT NOT NULL,
  due_estimated BIGINT NOT NULL,
  basis TEXT NOT NULL,
  extended BIGINT NOT NULL,
  officer_id BYTEA,
  overdue_at_utc BIGINT,
  closed_at_utc BIGINT,
  PRIMARY KEY (citizen_id, request_id)
);
-- The officer's desk reads over all people: what is due first, and one request by its number.
CREATE INDEX subject_request_by_due ON subject_request (is_open, due_at_utc, request_id);
CREATE INDEX subject_request_by_id ON subject_request (request_id);
