DROP INDEX "ix_login_user";

CREATE INDEX "ix_login_user_id" ON "login" ("user_id");

CREATE TABLE "ef_temp_login" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_login" PRIMARY KEY,
    "client" TEXT NULL,
    "created_at" TEXT NOT NULL,
    "expires_at" TEXT NOT NULL,
    "last_used_at" TEXT NULL,
    "refresh_jti" TEXT NOT NULL,
    "user_id" INTEGER NOT NULL,
    CONSTRAINT "fk_login_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

INSERT INTO "ef_temp_login" ("id", "client", "created_at", "expires_at", "last_used_at", "refresh_jti", "user_id")
SELECT "id", "client", "created_at", "expires_at", "last_used_at", "refresh_jti", "user_id"
FROM "login";

PRAGMA foreign_keys = 0;

DROP TABLE "login";

ALTER TABLE "ef_temp_login" RENAME TO "login";

PRAGMA foreign_keys = 1;

CREATE INDEX "ix_login_expires_at" ON "login" ("expires_at");

CREATE INDEX "ix_login_user_id" ON "login" ("user_id");
