DROP INDEX "ix_security_event_network";

DROP INDEX "ix_post_covered";

ALTER TABLE "post" DROP COLUMN "covered_by";

ALTER TABLE "post" DROP COLUMN "sensitive";
