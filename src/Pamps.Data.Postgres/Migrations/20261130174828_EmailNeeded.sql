ALTER TABLE account ADD email_needed boolean NOT NULL DEFAULT FALSE;
