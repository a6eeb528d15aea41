-- How well a session is known to be its owner's: when they last proved it, by which methods (RFC 8176 names,
-- separated by spaces), and the assurance that makes (aal of NIST SP 800-63B). In both tables, because a request
-- is authenticated from session_token alone.
ALTER TABLE session ADD COLUMN authenticated_at_utc BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN amr TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN aal BIGINT NOT NULL DEFAULT 1;
ALTER TABLE session_token ADD COLUMN authenticated_at_utc BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session_token ADD COLUMN amr TEXT NOT NULL DEFAULT '';
ALTER TABLE session_token ADD COLUMN aal BIGINT NOT NULL DEFAULT 1;
-- Whether the number was proven by a call or by an SMS.
ALTER TABLE registration ADD COLUMN channel TEXT NOT NULL DEFAULT 'sms';
-- Wrong tries to prove oneself again: a stolen session is closed before it can guess.
ALTER TABLE session ADD COLUMN failed_proofs BIGINT NOT NULL DEFAULT 0;
