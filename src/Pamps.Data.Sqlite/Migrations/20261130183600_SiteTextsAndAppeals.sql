ALTER TABLE "report" ADD "rule" INTEGER NULL;

ALTER TABLE "moderation" ADD "appeal" TEXT NULL;

ALTER TABLE "moderation" ADD "appeal_accepted" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "moderation" ADD "appeal_closed_at" TEXT NULL;

ALTER TABLE "moderation" ADD "appealed_at" TEXT NULL;

CREATE TABLE "site_text" (
    "key" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "ends_at" TEXT NULL,
    "updated_at" TEXT NOT NULL,
    CONSTRAINT "pk_site_text" PRIMARY KEY ("key", "locale")
);

CREATE INDEX "ix_moderation_appeal" ON "moderation" ("id") WHERE appealed_at IS NOT NULL AND appeal_closed_at IS NULL;
