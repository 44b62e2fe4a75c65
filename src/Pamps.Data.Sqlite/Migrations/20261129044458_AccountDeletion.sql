ALTER TABLE "user" ADD "deleted_at" TEXT NULL;

CREATE INDEX "ix_user_deleted_at" ON "user" ("deleted_at") WHERE deleted_at IS NOT NULL;

-- The row of who left stays a while, but not what the version before reads in it.
CREATE TRIGGER "account_gone_for_the_version_before" AFTER DELETE ON "account"
    BEGIN
        UPDATE "user" SET "email" = NULL, "email_key" = NULL, "password" = NULL, "superuser" = 0, "notifications_read" = 0
        WHERE "id" = OLD."user_id";
    END;
