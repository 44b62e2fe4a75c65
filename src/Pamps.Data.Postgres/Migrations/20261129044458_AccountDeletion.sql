ALTER TABLE "user" ADD deleted_at timestamp with time zone;

CREATE INDEX ix_user_deleted_at ON "user" (deleted_at) WHERE deleted_at IS NOT NULL;

-- The row of who left stays a while, but not what the version before reads in it.
CREATE OR REPLACE FUNCTION account_gone_for_the_version_before() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE "user" SET email = NULL, email_key = NULL, password = NULL, superuser = FALSE, notifications_read = 0
        WHERE id = OLD.user_id;
        RETURN NULL;
    END
$$;

CREATE TRIGGER account_gone_for_the_version_before AFTER DELETE ON account
    FOR EACH ROW EXECUTE FUNCTION account_gone_for_the_version_before();
