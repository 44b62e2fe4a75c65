DROP TRIGGER "user_made_for_the_version_before";

DROP TRIGGER "user_changed_for_the_version_before";

DROP TRIGGER "user_changed_by_the_version_before";

DROP TRIGGER "account_made_by_the_version_before";

DROP TRIGGER "account_changed_by_the_version_before";

DROP TRIGGER "account_made_for_the_version_before";

DROP TRIGGER "account_changed_for_the_version_before";

DROP INDEX "ux_user_username_key";

DROP INDEX "ux_user_email_key";

-- Columns that may not be empty, in the place of such that may: made anew, the table would lose the triggers that keep the search.
ALTER TABLE "user" DROP COLUMN "active";

ALTER TABLE "user" DROP COLUMN "email";

ALTER TABLE "user" DROP COLUMN "email_key";

ALTER TABLE "user" DROP COLUMN "password";

ALTER TABLE "user" DROP COLUMN "superuser";

ALTER TABLE "user" ADD "active" INTEGER NOT NULL DEFAULT 1;

ALTER TABLE "user" ADD "email" TEXT NOT NULL DEFAULT '';

ALTER TABLE "user" ADD "email_key" TEXT NOT NULL DEFAULT '';

ALTER TABLE "user" ADD "password" TEXT NOT NULL DEFAULT '';

ALTER TABLE "user" ADD "superuser" INTEGER NOT NULL DEFAULT 0;

UPDATE "user" SET "active" = "suspended_at" IS NULL, "email" = a."email", "email_key" = a."email_key", "password" = a."password",
    "superuser" = a."superuser"
FROM "account" a WHERE a."user_id" = "user"."id";

DROP TABLE "account";

ALTER TABLE "user" DROP COLUMN "bot";

ALTER TABLE "user" DROP COLUMN "discoverable";

ALTER TABLE "user" DROP COLUMN "display_name";

ALTER TABLE "user" DROP COLUMN "fields";

ALTER TABLE "user" DROP COLUMN "header";

ALTER TABLE "user" DROP COLUMN "host";

ALTER TABLE "user" DROP COLUMN "silenced_at";

ALTER TABLE "user" DROP COLUMN "suspended_at";

CREATE UNIQUE INDEX "ux_user_email_key" ON "user" ("email_key");

CREATE UNIQUE INDEX "ux_user_username_key" ON "user" ("username_key");
