ALTER TABLE "user" ADD "erase_at" TEXT NULL;

ALTER TABLE "account" ADD "role" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "moderation" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_moderation" PRIMARY KEY,
    "user_id" INTEGER NOT NULL,
    "actor_id" INTEGER NOT NULL,
    "kind" INTEGER NOT NULL,
    "report_id" INTEGER NULL,
    "message" TEXT NULL,
    "created_at" TEXT NOT NULL,
    "seen_at" TEXT NULL,
    CONSTRAINT "fk_moderation_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE TABLE "report" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_report" PRIMARY KEY,
    "reporter_id" INTEGER NULL,
    "user_id" INTEGER NOT NULL,
    "category" INTEGER NOT NULL,
    "text" TEXT NULL,
    "created_at" TEXT NOT NULL,
    "closed_at" TEXT NULL,
    "closed_by" INTEGER NULL,
    "dismissed" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "fk_report_reporter" FOREIGN KEY ("reporter_id") REFERENCES "user" ("id") ON DELETE SET NULL,
    CONSTRAINT "fk_report_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE TABLE "report_post" (
    "report_id" INTEGER NOT NULL,
    "post_id" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "visibility" INTEGER NOT NULL,
    CONSTRAINT "pk_report_post" PRIMARY KEY ("report_id", "post_id"),
    CONSTRAINT "fk_report_post_report" FOREIGN KEY ("report_id") REFERENCES "report" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_user_erase_at" ON "user" ("erase_at") WHERE erase_at IS NOT NULL;

CREATE INDEX "ix_moderation_unseen" ON "moderation" ("user_id", "id") WHERE seen_at IS NULL;

CREATE INDEX "ix_moderation_user" ON "moderation" ("user_id", "id");

CREATE INDEX "ix_report_closed_at" ON "report" ("closed_at") WHERE closed_at IS NOT NULL;

CREATE INDEX "ix_report_open" ON "report" ("id") WHERE closed_at IS NULL;

CREATE INDEX "ix_report_reporter" ON "report" ("reporter_id");

CREATE INDEX "ix_report_user" ON "report" ("user_id", "id");

CREATE UNIQUE INDEX "ux_report_open_of_reporter" ON "report" ("reporter_id", "user_id") WHERE closed_at IS NULL;
