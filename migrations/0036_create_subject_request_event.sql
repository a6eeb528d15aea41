-- Every transition of a request, append-only. text_sha256 is of a salt and the text, so that it proves the text
-- to whoever has both and tells nothing to whoever has neither.
CREATE TABLE subject_request_event (
  citizen_id BYTEA NOT NULL,
  request_id BYTEA NOT NULL,
  event_number BIGINT NOT NULL,
  at_utc BIGINT NOT NULL,
  act TEXT NOT NULL,
  actor TEXT NOT NULL,
  state TEXT NOT NULL,
  due_day TEXT NOT NULL,
  reason TEXT NOT NULL,
  norm TEXT NOT NULL,
  text_id BYTEA,
  text_sha256 TEXT NOT NULL,
  PRIMARY KEY (citizen_id, request_id, event_number)
);
