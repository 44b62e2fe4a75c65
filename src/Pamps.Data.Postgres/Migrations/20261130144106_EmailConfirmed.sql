ALTER TABLE account ADD email_confirmed_at timestamp with time zone;
