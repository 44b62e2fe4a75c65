DROP INDEX "ux_user_username_key";

DROP INDEX "ux_user_email_key";

ALTER TABLE "user" ADD "bot" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "user" ADD "discoverable" INTEGER NOT NULL DEFAULT 1;

ALTER TABLE "user" ADD "display_name" TEXT NULL;

ALTER TABLE "user" ADD "fields" TEXT NULL;

ALTER TABLE "user" ADD "header" TEXT NULL;

ALTER TABLE "user" ADD "host" TEXT NOT NULL DEFAULT '';

ALTER TABLE "user" ADD "silenced_at" TEXT NULL;

ALTER TABLE "user" ADD "suspended_at" TEXT NULL;

CREATE TABLE "account" (
    "user_id" INTEGER NOT NULL CONSTRAINT "pk_account" PRIMARY KEY,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "password" TEXT NOT NULL,
    "superuser" INTEGER NOT NULL DEFAULT 0,
    "notifications_read" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "fk_account_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

INSERT INTO "account" ("user_id", "email", "email_key", "password", "superuser", "notifications_read")
SELECT "id", "email", "email_key", "password", "superuser", "notifications_read" FROM "user";

UPDATE "user" SET "suspended_at" = CURRENT_TIMESTAMP WHERE NOT "active";

-- Columns that may be empty, in the place of such that may not: made anew, the table would lose the triggers that keep the search.
ALTER TABLE "user" DROP COLUMN "active";

ALTER TABLE "user" DROP COLUMN "email";

ALTER TABLE "user" DROP COLUMN "email_key";

ALTER TABLE "user" DROP COLUMN "password";

ALTER TABLE "user" DROP COLUMN "superuser";

ALTER TABLE "user" ADD "active" INTEGER NULL;

ALTER TABLE "user" ADD "email" TEXT NULL;

ALTER TABLE "user" ADD "email_key" TEXT NULL;

ALTER TABLE "user" ADD "password" TEXT NULL;

ALTER TABLE "user" ADD "superuser" INTEGER NULL;

UPDATE "user" SET "active" = "suspended_at" IS NULL, "email" = a."email", "email_key" = a."email_key", "password" = a."password",
    "superuser" = a."superuser"
FROM "account" a WHERE a."user_id" = "user"."id";

CREATE UNIQUE INDEX "ux_user_email_key" ON "user" ("email_key");

CREATE UNIQUE INDEX "ux_user_username_key" ON "user" ("username_key", "host");

CREATE UNIQUE INDEX "ux_account_email_key" ON "account" ("email_key");

-- Instances of the version before go on reading and writing the columns that were here: until they are gone, each is told what the
-- other wrote. The columns and these triggers go with the next version.
CREATE TRIGGER "user_made_for_the_version_before" AFTER INSERT ON "user" WHEN NEW."active" IS NULL
    BEGIN
        UPDATE "user" SET "active" = "suspended_at" IS NULL WHERE "id" = NEW."id";
    END;

CREATE TRIGGER "user_changed_for_the_version_before" AFTER UPDATE OF "suspended_at" ON "user"
    WHEN NEW."active" IS NOT (NEW."suspended_at" IS NULL)
    BEGIN
        UPDATE "user" SET "active" = "suspended_at" IS NULL WHERE "id" = NEW."id";
    END;

CREATE TRIGGER "user_changed_by_the_version_before" AFTER UPDATE OF "active" ON "user"
    WHEN NEW."active" IS NOT (NEW."suspended_at" IS NULL)
    BEGIN
        UPDATE "user" SET "suspended_at" = CASE WHEN "active" THEN NULL ELSE CURRENT_TIMESTAMP END WHERE "id" = NEW."id";
    END;

CREATE TRIGGER "account_made_by_the_version_before" AFTER INSERT ON "user" WHEN NEW."email" IS NOT NULL
    BEGIN
        INSERT INTO "account" ("user_id", "email", "email_key", "password", "superuser", "notifications_read")
        VALUES (NEW."id", NEW."email", NEW."email_key", NEW."password", NEW."superuser", NEW."notifications_read");
    END;

CREATE TRIGGER "account_changed_by_the_version_before"
    AFTER UPDATE OF "email", "email_key", "password", "superuser", "notifications_read" ON "user"
    BEGIN
        UPDATE "account" SET "email" = NEW."email", "email_key" = NEW."email_key", "password" = NEW."password",
            "superuser" = NEW."superuser", "notifications_read" = NEW."notifications_read"
        WHERE "user_id" = NEW."id"
            AND ("email", "password", "superuser", "notifications_read")
                IS NOT (NEW."email", NEW."password", NEW."superuser", NEW."notifications_read");
    END;

CREATE TRIGGER "account_made_for_the_version_before" AFTER INSERT ON "account"
    BEGIN
        UPDATE "user" SET "email" = NEW."email", "email_key" = NEW."email_key", "password" = NEW."password",
            "superuser" = NEW."superuser", "notifications_read" = NEW."notifications_read"
        WHERE "id" = NEW."user_id" AND "email" IS NULL;
    END;

CREATE TRIGGER "account_changed_for_the_version_before" AFTER UPDATE ON "account"
    BEGIN
        UPDATE "user" SET "email" = NEW."email", "email_key" = NEW."email_key", "password" = NEW."password",
            "superuser" = NEW."superuser", "notifications_read" = NEW."notifications_read"
        WHERE "id" = NEW."user_id"
            AND ("email", "password", "superuser", "notifications_read")
                IS NOT (NEW."email", NEW."password", NEW."superuser", NEW."notifications_read");
    END;
