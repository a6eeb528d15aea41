-- Categories of a citizen's data that are kept and not used: as they asked, or while it is checked
-- whether they are right. Opening and storing look here in their own transaction.
CREATE TABLE data_block (
  citizen_id BYTEA NOT NULL,
  category TEXT NOT NULL,
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  request_id BYTEA,
  blocked_at_utc BIGINT NOT NULL,
  PRIMARY KEY (citizen_id, category)
);
