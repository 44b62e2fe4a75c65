DROP INDEX ux_user_username_key;

ALTER TABLE "user" ALTER COLUMN superuser DROP NOT NULL;

ALTER TABLE "user" ALTER COLUMN password DROP NOT NULL;

ALTER TABLE "user" ALTER COLUMN email_key DROP NOT NULL;

ALTER TABLE "user" ALTER COLUMN email DROP NOT NULL;

ALTER TABLE "user" ALTER COLUMN active DROP NOT NULL;

ALTER TABLE "user" ADD bot boolean NOT NULL DEFAULT FALSE;

ALTER TABLE "user" ADD discoverable boolean NOT NULL DEFAULT TRUE;

ALTER TABLE "user" ADD display_name character varying(100);

ALTER TABLE "user" ADD fields text;

ALTER TABLE "user" ADD header character varying(2048);

ALTER TABLE "user" ADD host character varying(253) NOT NULL DEFAULT '';

ALTER TABLE "user" ADD silenced_at timestamp with time zone;

ALTER TABLE "user" ADD suspended_at timestamp with time zone;

CREATE TABLE account (
    user_id bigint NOT NULL,
    email character varying(254) NOT NULL,
    email_key character varying(254) NOT NULL,
    password character varying(256) NOT NULL,
    superuser boolean NOT NULL DEFAULT FALSE,
    notifications_read bigint NOT NULL DEFAULT 0,
    CONSTRAINT pk_account PRIMARY KEY (user_id),
    CONSTRAINT fk_account_user FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX ux_user_username_key ON "user" (username_key, host);

CREATE UNIQUE INDEX ux_account_email_key ON account (email_key);

INSERT INTO account (user_id, email, email_key, password, superuser, notifications_read)
SELECT id, email, email_key, password, superuser, notifications_read FROM "user";

UPDATE "user" SET suspended_at = CURRENT_TIMESTAMP WHERE NOT active;

-- Instances of the version before go on reading and writing the columns that were here: until they are gone, each is told what the
-- other wrote. The columns and these triggers go with the next version.
CREATE OR REPLACE FUNCTION user_of_the_version_before() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' AND NEW.active IS NULL THEN
            NEW.active := NEW.suspended_at IS NULL;
        ELSIF TG_OP = 'INSERT' OR NEW.active IS DISTINCT FROM OLD.active THEN
            NEW.suspended_at := CASE WHEN NEW.active THEN NULL ELSE CURRENT_TIMESTAMP END;
        ELSE
            NEW.active := NEW.suspended_at IS NULL;
        END IF;
        RETURN NEW;
    END
$$;

CREATE OR REPLACE FUNCTION account_from_the_version_before() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO account (user_id, email, email_key, password, superuser, notifications_read)
        VALUES (NEW.id, NEW.email, NEW.email_key, NEW.password, NEW.superuser, NEW.notifications_read)
        ON CONFLICT (user_id) DO UPDATE SET email = NEW.email, email_key = NEW.email_key, password = NEW.password,
            superuser = NEW.superuser, notifications_read = NEW.notifications_read;
        RETURN NULL;
    END
$$;

CREATE OR REPLACE FUNCTION account_for_the_version_before() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        -- A key is not set to what it is: for that the row would be locked against all who refer to it.
        IF TG_OP = 'UPDATE' AND NEW.email_key = OLD.email_key THEN
            UPDATE "user" SET email = NEW.email, password = NEW.password, superuser = NEW.superuser,
                notifications_read = NEW.notifications_read
            WHERE id = NEW.user_id;
        ELSE
            UPDATE "user" SET email = NEW.email, email_key = NEW.email_key, password = NEW.password,
                superuser = NEW.superuser, notifications_read = NEW.notifications_read
            WHERE id = NEW.user_id;
        END IF;
        RETURN NULL;
    END
$$;

CREATE TRIGGER user_of_the_version_before BEFORE INSERT OR UPDATE OF active, suspended_at ON "user"
    FOR EACH ROW EXECUTE FUNCTION user_of_the_version_before();

CREATE TRIGGER account_made_by_the_version_before AFTER INSERT ON "user"
    FOR EACH ROW WHEN (NEW.email IS NOT NULL) EXECUTE FUNCTION account_from_the_version_before();

CREATE TRIGGER account_changed_by_the_version_before
    AFTER UPDATE OF email, email_key, password, superuser, notifications_read ON "user"
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION account_from_the_version_before();

CREATE TRIGGER account_for_the_version_before AFTER INSERT OR UPDATE ON account
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION account_for_the_version_before();
