-- What an operator told everybody who agreed to a topic: one row for each language, of nobody.
CREATE TABLE informing_text (
  text_sha256 BYTEA NOT NULL PRIMARY KEY,
  topic TEXT NOT NULL,
  language TEXT NOT NULL,
  body TEXT NOT NULL,
  ordered_by TEXT NOT NULL,
  ordered_at_utc BIGINT NOT NULL
);
-- Whom it is told, once for each text and channel: written with the outbox row while the consent is held. Between
-- taken and sent whoever carries messages may have it; one that is lost there is not sent again.
CREATE TABLE informing_message (
  citizen_id BYTEA NOT NULL,
  text_sha256 BYTEA NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
  queued_at_utc BIGINT NOT NULL,
  taken_at_utc BIGINT,
  sent_at_utc BIGINT,
  PRIMARY KEY (citizen_id, text_sha256, channel)
);
-- Everybody with a consent to a topic, in the order of their ids, without walking through everybody's rows.
CREATE INDEX consent_by_purpose ON consent (purpose, citizen_id) WHERE withdrawn_at_utc IS NULL;
