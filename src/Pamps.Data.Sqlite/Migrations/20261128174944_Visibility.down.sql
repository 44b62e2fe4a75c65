DROP TABLE "audience";

DROP TABLE "block";

DROP TABLE "consumer";

DROP TABLE "follow_request";

DROP TABLE "job";

DROP TABLE "mute";

DROP INDEX "ix_post_author";

DROP INDEX "ix_post_public";

-- In its place: made anew, the tables would lose the triggers that keep the search.
ALTER TABLE "user" DROP COLUMN "locked";

ALTER TABLE "post" DROP COLUMN "visibility";

ALTER TABLE "event" DROP COLUMN "audience";

CREATE INDEX "ix_post_home" ON "post" ("id") WHERE parent_id IS NULL;

CREATE INDEX "ix_post_user_all" ON "post" ("user_id", "id");
