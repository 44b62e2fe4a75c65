DROP INDEX "ix_post_home";

DROP INDEX "ix_post_user_all";

ALTER TABLE "user" ADD "locked" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "post" ADD "visibility" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "event" ADD "audience" TEXT NULL;

CREATE TABLE "audience" (
    "post_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "direct" INTEGER NOT NULL,
    CONSTRAINT "pk_audience" PRIMARY KEY ("post_id", "user_id"),
    CONSTRAINT "fk_audience_post" FOREIGN KEY ("post_id") REFERENCES "post" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_audience_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE TABLE "block" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_block" PRIMARY KEY,
    "from" INTEGER NOT NULL,
    "to" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    CONSTRAINT "ck_block_not_oneself" CHECK ("from" <> "to"),
    CONSTRAINT "fk_block_from" FOREIGN KEY ("from") REFERENCES "user" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_block_to" FOREIGN KEY ("to") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE TABLE "consumer" (
    "name" TEXT NOT NULL CONSTRAINT "pk_consumer" PRIMARY KEY,
    "tx" INTEGER NOT NULL,
    "event_id" INTEGER NOT NULL
);

CREATE TABLE "follow_request" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_follow_request" PRIMARY KEY,
    "from" INTEGER NOT NULL,
    "to" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    CONSTRAINT "ck_follow_request_not_oneself" CHECK ("from" <> "to"),
    CONSTRAINT "fk_follow_request_from" FOREIGN KEY ("from") REFERENCES "user" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_follow_request_to" FOREIGN KEY ("to") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE TABLE "job" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_job" PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "key" TEXT NULL,
    "payload" TEXT NULL,
    "run_at" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "locked_until" TEXT NULL,
    "error" TEXT NULL,
    "failed_at" TEXT NULL
);

CREATE TABLE "mute" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_mute" PRIMARY KEY,
    "from" INTEGER NOT NULL,
    "to" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    "until" TEXT NULL,
    "notifications" INTEGER NOT NULL,
    CONSTRAINT "ck_mute_not_oneself" CHECK ("from" <> "to"),
    CONSTRAINT "fk_mute_from" FOREIGN KEY ("from") REFERENCES "user" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_mute_to" FOREIGN KEY ("to") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_post_author" ON "post" ("user_id", "id", "visibility");

CREATE INDEX "ix_post_public" ON "post" ("id") WHERE parent_id IS NULL AND visibility = 0;

CREATE INDEX "ix_audience_direct" ON "audience" ("user_id", "post_id") WHERE direct;

CREATE INDEX "ix_audience_user" ON "audience" ("user_id", "post_id");

CREATE INDEX "ix_block_from" ON "block" ("from", "id");

CREATE INDEX "ix_block_to" ON "block" ("to", "id");

CREATE UNIQUE INDEX "ux_block_from_to" ON "block" ("from", "to");

CREATE INDEX "ix_follow_request_from" ON "follow_request" ("from", "id");

CREATE INDEX "ix_follow_request_to" ON "follow_request" ("to", "id");

CREATE UNIQUE INDEX "ux_follow_request_from_to" ON "follow_request" ("from", "to");

CREATE INDEX "ix_job_due" ON "job" ("run_at") WHERE failed_at IS NULL;

CREATE INDEX "ix_job_failed" ON "job" ("id") WHERE failed_at IS NOT NULL;

CREATE UNIQUE INDEX "ux_job_key" ON "job" ("kind", "key") WHERE key IS NOT NULL AND failed_at IS NULL;

CREATE INDEX "ix_mute_from" ON "mute" ("from", "id");

CREATE INDEX "ix_mute_to" ON "mute" ("to", "id");

CREATE INDEX "ix_mute_until" ON "mute" ("until") WHERE until IS NOT NULL;

CREATE UNIQUE INDEX "ux_mute_from_to" ON "mute" ("from", "to");
