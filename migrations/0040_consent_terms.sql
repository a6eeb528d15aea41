-- Until when a consent holds, and what it covers: words such as channels of informing; nothing where the purpose is
-- whole. granted_scope is what was given at first, scope what is left of it.
ALTER TABLE consent ADD COLUMN expires_at_utc BIGINT;
ALTER TABLE consent ADD COLUMN granted_scope TEXT NOT NULL DEFAULT '';
ALTER TABLE consent ADD COLUMN scope TEXT NOT NULL DEFAULT '';
ALTER TABLE consent ADD COLUMN narrowed_at_utc BIGINT;
-- When what an expired consent had brought was removed; no check waits for this.
ALTER TABLE consent ADD COLUMN expiry_settled_at_utc BIGINT;
CREATE INDEX consent_by_expiry ON consent (expires_at_utc)
  WHERE expires_at_utc IS NOT NULL AND withdrawn_at_utc IS NULL AND expiry_settled_at_utc IS NULL;
