DROP TABLE "audience";

DROP TABLE "block";

DROP TABLE "consumer";

DROP TABLE "follow_request";

DROP TABLE "job";

DROP TABLE "mute";

DROP INDEX "ix_post_author";

DROP INDEX "ix_post_public";

CREATE INDEX "ix_post_home" ON "post" ("id") WHERE parent_id IS NULL;

CREATE INDEX "ix_post_user_all" ON "post" ("user_id", "id");

CREATE TABLE "ef_temp_user" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
    "active" INTEGER NOT NULL,
    "avatar" TEXT NULL,
    "bio" TEXT NULL,
    "created_at" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "followers_count" INTEGER NOT NULL,
    "following_count" INTEGER NOT NULL,
    "notifications_read" INTEGER NOT NULL DEFAULT 0,
    "password" TEXT NOT NULL,
    "posts_count" INTEGER NOT NULL,
    "superuser" INTEGER NOT NULL,
    "username" TEXT NOT NULL,
    "username_key" TEXT NOT NULL,
    CONSTRAINT "ck_user_counts" CHECK (posts_count >= 0 AND followers_count >= 0 AND following_count >= 0)
);

INSERT INTO "ef_temp_user" ("id", "active", "avatar", "bio", "created_at", "email", "email_key", "followers_count", "following_count", "notifications_read", "password", "posts_count", "superuser", "username", "username_key")
SELECT "id", "active", "avatar", "bio", "created_at", "email", "email_key", "followers_count", "following_count", "notifications_read", "password", "posts_count", "superuser", "username", "username_key"
FROM "user";

CREATE TABLE "ef_temp_post" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_post" PRIMARY KEY,
    "date" TEXT NOT NULL,
    "edited_at" TEXT NULL,
    "entities" TEXT NULL,
    "likes_count" INTEGER NOT NULL,
    "parent_id" INTEGER NULL,
    "replies_count" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "user_id" INTEGER NOT NULL,
    CONSTRAINT "ck_post_counts" CHECK (likes_count >= 0 AND replies_count >= 0),
    CONSTRAINT "fk_post_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

INSERT INTO "ef_temp_post" ("id", "date", "edited_at", "entities", "likes_count", "parent_id", "replies_count", "text", "user_id")
SELECT "id", "date", "edited_at", "entities", "likes_count", "parent_id", "replies_count", "text", "user_id"
FROM "post";

CREATE TABLE "ef_temp_event" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_event" PRIMARY KEY AUTOINCREMENT,
    "date" TEXT NOT NULL,
    "kind" INTEGER NOT NULL,
    "parent_id" INTEGER NULL,
    "subject_id" INTEGER NOT NULL,
    "tx" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL
);

INSERT INTO "ef_temp_event" ("id", "date", "kind", "parent_id", "subject_id", "tx", "user_id")
SELECT "id", "date", "kind", "parent_id", "subject_id", "tx", "user_id"
FROM "event";

PRAGMA foreign_keys = 0;

DROP TABLE "user";

ALTER TABLE "ef_temp_user" RENAME TO "user";

DROP TABLE "post";

ALTER TABLE "ef_temp_post" RENAME TO "post";

DROP TABLE "event";

ALTER TABLE "ef_temp_event" RENAME TO "event";

PRAGMA foreign_keys = 1;

CREATE UNIQUE INDEX "ux_user_email_key" ON "user" ("email_key");

CREATE UNIQUE INDEX "ux_user_username_key" ON "user" ("username_key");

CREATE INDEX "ix_post_home" ON "post" ("id") WHERE parent_id IS NULL;

CREATE INDEX "ix_post_replies" ON "post" ("parent_id", "id") WHERE parent_id IS NOT NULL;

CREATE INDEX "ix_post_user_all" ON "post" ("user_id", "id");

CREATE INDEX "ix_post_user_own" ON "post" ("user_id", "id") WHERE parent_id IS NULL;

CREATE INDEX "ix_post_without_entities" ON "post" ("id") WHERE entities IS NULL;

CREATE INDEX "ix_event_date" ON "event" ("date");

CREATE INDEX "ix_event_place" ON "event" ("tx", "id");
