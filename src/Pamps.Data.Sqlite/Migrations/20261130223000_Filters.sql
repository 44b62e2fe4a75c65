ALTER TABLE "account" ADD "filters_version" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "filter" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_filter" PRIMARY KEY,
    "user_id" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "places" INTEGER NOT NULL,
    "action" INTEGER NOT NULL,
    "expires_at" TEXT NULL,
    "keywords" TEXT NOT NULL,
    CONSTRAINT "fk_filter_account" FOREIGN KEY ("user_id") REFERENCES "account" ("user_id") ON DELETE CASCADE
);

CREATE INDEX "ix_account_filters" ON "account" ("user_id") WHERE filters_version > 0;

CREATE INDEX "ix_filter_user" ON "filter" ("user_id", "id");
