-- An account's e-mail: one confirmed, and one that a code is on its way to. The addresses are sealed in
-- personal_record, category profile, as "email:confirmed" and "email:pending".
CREATE TABLE citizen_email (
  citizen_id BYTEA NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'confirmed')),
  email_index BYTEA NOT NULL,
  email_masked TEXT NOT NULL,
  language TEXT NOT NULL,
  code_hash BYTEA NOT NULL,
  attempts_left BIGINT NOT NULL,
  first_sent_at_utc BIGINT NOT NULL,
  sent_count BIGINT NOT NULL,
  expires_at_utc BIGINT NOT NULL,
  confirmed_at_utc BIGINT,
  PRIMARY KEY (citizen_id, state)
);
CREATE INDEX citizen_email_by_index ON citizen_email (email_index, first_sent_at_utc);
