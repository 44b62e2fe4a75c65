CREATE TABLE "application" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_application" PRIMARY KEY,
    "secret_hash" TEXT NULL,
    "name" TEXT NOT NULL,
    "website" TEXT NULL,
    "redirect_uris" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "expires_at" TEXT NULL
);

CREATE TABLE "application_grant" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_application_grant" PRIMARY KEY,
    "application_id" INTEGER NOT NULL,
    "login_id" INTEGER NULL,
    "scopes" TEXT NOT NULL,
    "code_hash" TEXT NULL,
    "redirect_uri" TEXT NULL,
    "code_challenge" TEXT NULL,
    "token_hash" TEXT NULL,
    "created_at" TEXT NOT NULL,
    CONSTRAINT "fk_application_grant_application" FOREIGN KEY ("application_id") REFERENCES "application" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_application_grant_login" FOREIGN KEY ("login_id") REFERENCES "login" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_application_expires_at" ON "application" ("expires_at");

CREATE INDEX "ix_application_grant_application" ON "application_grant" ("application_id", "id");

CREATE UNIQUE INDEX "ux_application_grant_code" ON "application_grant" ("code_hash");

CREATE UNIQUE INDEX "ux_application_grant_login" ON "application_grant" ("login_id");

CREATE UNIQUE INDEX "ux_application_grant_token" ON "application_grant" ("token_hash");
