-- The transparency log, the citizen's side. An entry is written in the transaction of its event: first in
-- clear, and sealed under the citizen's own key within seconds (then salt and record are NULL).
CREATE TABLE log_entry (
  citizen_id BYTEA NOT NULL,
  entry_id BYTEA NOT NULL,
  salt BYTEA,
  record TEXT,
  sealed BYTEA,
  PRIMARY KEY (citizen_id, entry_id),
  CHECK ((sealed IS NULL AND salt IS NOT NULL AND record IS NOT NULL)
    OR (sealed IS NOT NULL AND salt IS NULL AND record IS NULL))
);
CREATE INDEX log_entry_unsealed ON log_entry (citizen_id) WHERE sealed IS NULL;
-- What waits for its place in the tree: the commitment, which tells nothing, and no citizen.
CREATE TABLE log_queue (
  entry_id BYTEA NOT NULL PRIMARY KEY,
  commitment BYTEA NOT NULL
);
