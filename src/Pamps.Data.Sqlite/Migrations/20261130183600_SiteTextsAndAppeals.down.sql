DROP TABLE "site_text";

DROP INDEX "ix_moderation_appeal";

ALTER TABLE "report" DROP COLUMN "rule";

ALTER TABLE "moderation" DROP COLUMN "appeal";

ALTER TABLE "moderation" DROP COLUMN "appeal_accepted";

ALTER TABLE "moderation" DROP COLUMN "appeal_closed_at";

ALTER TABLE "moderation" DROP COLUMN "appealed_at";
