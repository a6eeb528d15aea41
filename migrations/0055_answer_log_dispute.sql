-- What the data-protection officer found about a disputed entry; the words themselves rest in the vault.
ALTER TABLE log_dispute ADD COLUMN answered_at_utc BIGINT;
ALTER TABLE log_dispute ADD COLUMN outcome TEXT;
CREATE INDEX log_dispute_by_entry ON log_dispute (entry_id);
CREATE INDEX log_dispute_answered ON log_dispute (answered_at_utc) WHERE state = 'answered';
