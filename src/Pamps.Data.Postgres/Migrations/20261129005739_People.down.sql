DROP TRIGGER account_made_by_the_version_before ON "user";

DROP TRIGGER account_changed_by_the_version_before ON "user";

DROP TRIGGER user_of_the_version_before ON "user";

DROP TABLE account;

DROP INDEX ux_user_username_key;

ALTER TABLE "user" DROP COLUMN bot;

ALTER TABLE "user" DROP COLUMN discoverable;

ALTER TABLE "user" DROP COLUMN display_name;

ALTER TABLE "user" DROP COLUMN fields;

ALTER TABLE "user" DROP COLUMN header;

ALTER TABLE "user" DROP COLUMN host;

ALTER TABLE "user" DROP COLUMN silenced_at;

ALTER TABLE "user" DROP COLUMN suspended_at;

ALTER TABLE "user" ALTER COLUMN superuser SET NOT NULL;

ALTER TABLE "user" ALTER COLUMN password SET NOT NULL;

ALTER TABLE "user" ALTER COLUMN email_key SET NOT NULL;

ALTER TABLE "user" ALTER COLUMN email SET NOT NULL;

ALTER TABLE "user" ALTER COLUMN active SET NOT NULL;

CREATE UNIQUE INDEX ux_user_username_key ON "user" (username_key);

DROP FUNCTION account_from_the_version_before();

DROP FUNCTION account_for_the_version_before();

DROP FUNCTION user_of_the_version_before();
