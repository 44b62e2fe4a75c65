UPDATE "user" SET avatar = NULL WHERE avatar NOT LIKE '%:%';

DROP INDEX "ix_post_pinned";

DROP INDEX "ix_media_unused";

DROP INDEX "ux_media_profile";

ALTER TABLE "post" DROP COLUMN "pinned";

ALTER TABLE "media" DROP COLUMN "profile";

CREATE INDEX "ix_media_without_post" ON "media" ("id") WHERE post_id IS NULL;
