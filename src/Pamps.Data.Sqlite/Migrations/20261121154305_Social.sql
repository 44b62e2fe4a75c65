ALTER TABLE "user" ADD "notifications_read" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "post" ADD "entities" TEXT NULL;

ALTER TABLE "login" ADD "client" TEXT NULL;

ALTER TABLE "login" ADD "last_used_at" TEXT NULL;

CREATE TABLE "event" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_event" PRIMARY KEY AUTOINCREMENT,
    "tx" INTEGER NOT NULL,
    "kind" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "parent_id" INTEGER NULL,
    "date" TEXT NOT NULL
);

CREATE TABLE "hashtag" (
    "tag" TEXT NOT NULL,
    "post_id" INTEGER NOT NULL,
    CONSTRAINT "pk_hashtag" PRIMARY KEY ("tag", "post_id"),
    CONSTRAINT "fk_hashtag_post" FOREIGN KEY ("post_id") REFERENCES "post" ("id") ON DELETE CASCADE
);

CREATE TABLE "mention" (
    "post_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    CONSTRAINT "pk_mention" PRIMARY KEY ("post_id", "user_id"),
    CONSTRAINT "fk_mention_post" FOREIGN KEY ("post_id") REFERENCES "post" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_mention_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE TABLE "notification" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_notification" PRIMARY KEY,
    "user_id" INTEGER NOT NULL,
    "kind" INTEGER NOT NULL,
    "actor_id" INTEGER NOT NULL,
    "post_id" INTEGER NULL,
    "date" TEXT NOT NULL,
    CONSTRAINT "fk_notification_actor" FOREIGN KEY ("actor_id") REFERENCES "user" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_notification_post" FOREIGN KEY ("post_id") REFERENCES "post" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_notification_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_post_without_entities" ON "post" ("id") WHERE entities IS NULL;

CREATE INDEX "ix_event_date" ON "event" ("date");

CREATE INDEX "ix_event_place" ON "event" ("tx", "id");

CREATE INDEX "ix_hashtag_post_id" ON "hashtag" ("post_id");

CREATE INDEX "ix_mention_user" ON "mention" ("user_id", "post_id");

CREATE INDEX "ix_notification_actor_id" ON "notification" ("actor_id");

CREATE INDEX "ix_notification_user" ON "notification" ("user_id", "id");

CREATE UNIQUE INDEX "ux_notification_post" ON "notification" ("post_id", "user_id", "actor_id", "kind") WHERE post_id IS NOT NULL;

CREATE UNIQUE INDEX "ux_notification_user" ON "notification" ("user_id", "actor_id", "kind") WHERE post_id IS NULL;

-- Words that people search by. The index keeps no text of its own; what is deleted from post and user leaves it too.
-- The words come folded and apart, so the tokenizer needs to know the space only.
CREATE VIRTUAL TABLE post_search
USING fts5(words, content='', contentless_delete=1, tokenize='ascii');

CREATE TRIGGER post_search_delete AFTER DELETE ON "post"
BEGIN DELETE FROM post_search WHERE rowid = old.id; END;

CREATE VIRTUAL TABLE user_search
USING fts5(words, content='', contentless_delete=1, tokenize='ascii');

CREATE TRIGGER user_search_delete AFTER DELETE ON "user"
BEGIN DELETE FROM user_search WHERE rowid = old.id; END;
