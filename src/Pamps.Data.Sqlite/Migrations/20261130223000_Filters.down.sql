DROP TABLE "filter";

DROP INDEX "ix_account_filters";

ALTER TABLE "account" DROP COLUMN "filters_version";
