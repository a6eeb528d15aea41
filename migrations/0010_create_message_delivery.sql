-- How a code gets to a number: the channel in use, what became of it, which operators failed it. The
-- message is kept sealed as long as the code lives, so that another operator can be asked to send it.
CREATE TABLE message_delivery (
  challenge_id BYTEA NOT NULL PRIMARY KEY,
  channel TEXT NOT NULL CHECK (channel IN ('call', 'sms')),
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'delivered', 'failed')),
  reason TEXT NOT NULL,
  tried TEXT NOT NULL,
  rounds BIGINT NOT NULL,
  message_sealed BYTEA NOT NULL,
  updated_at_utc BIGINT NOT NULL,
  expires_at_utc BIGINT NOT NULL
);
CREATE INDEX message_delivery_expiry ON message_delivery (expires_at_utc);
-- The operators' own names of what they accepted, by which their receipts find the message.
CREATE TABLE message_part (
  operator TEXT NOT NULL,
  message_id TEXT NOT NULL,
  challenge_id BYTEA NOT NULL,
  delivered BIGINT NOT NULL,
  expires_at_utc BIGINT NOT NULL,
  PRIMARY KEY (operator, message_id)
);
CREATE INDEX message_part_challenge ON message_part (challenge_id);
CREATE INDEX message_part_expiry ON message_part (expires_at_utc);
