DROP INDEX "ix_login_user_id";

ALTER TABLE "login" ADD "previous_jti" TEXT NULL;

CREATE INDEX "ix_login_user" ON "login" ("user_id", "id");
