ALTER TABLE account DROP COLUMN email_needed;
