CREATE TABLE "passkey" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_passkey" PRIMARY KEY,
    "user_id" INTEGER NOT NULL,
    "credential_id" TEXT NOT NULL,
    "user_handle" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "sign_count" INTEGER NOT NULL,
    "backup_eligible" INTEGER NOT NULL,
    "transports" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "last_used_at" TEXT NULL,
    CONSTRAINT "fk_passkey_account" FOREIGN KEY ("user_id") REFERENCES "account" ("user_id") ON DELETE CASCADE
);

CREATE TABLE "passkey_challenge" (
    "key" TEXT NOT NULL CONSTRAINT "pk_passkey_challenge" PRIMARY KEY,
    "expires_at" TEXT NOT NULL
);

CREATE INDEX "ix_passkey_user" ON "passkey" ("user_id", "id");

CREATE UNIQUE INDEX "ux_passkey_credential" ON "passkey" ("credential_id");

CREATE INDEX "ix_passkey_challenge_expires_at" ON "passkey_challenge" ("expires_at");
