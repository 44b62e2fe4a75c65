UPDATE post SET visibility = visibility - 10
WHERE visibility >= 10 AND user_id IN (SELECT u.id FROM "user" u WHERE u.erase_at IS NOT NULL AND u.deleted_at IS NULL);

DROP TABLE "moderation";

DROP TABLE "report_post";

DROP TABLE "report";

DROP INDEX "ix_user_erase_at";

ALTER TABLE "user" DROP COLUMN "erase_at";

ALTER TABLE "account" DROP COLUMN "role";
