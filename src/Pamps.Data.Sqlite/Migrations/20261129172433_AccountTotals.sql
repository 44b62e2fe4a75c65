ALTER TABLE "allowance" ADD "may_be_total" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "allowance" ADD "total" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "allowance" ADD "total_until" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "ef_temp_allowance" (
    "owner" INTEGER NOT NULL,
    "deed" INTEGER NOT NULL,
    "may_be_spent_until" INTEGER NOT NULL,
    "may_be_total" INTEGER NOT NULL DEFAULT 0,
    "spent_until" INTEGER NOT NULL,
    "total" INTEGER NOT NULL DEFAULT 0,
    "total_until" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "pk_allowance" PRIMARY KEY ("owner", "deed"),
    CONSTRAINT "ck_allowance_spent" CHECK (spent_until <= may_be_spent_until),
    CONSTRAINT "ck_allowance_total" CHECK (total <= may_be_total)
);

INSERT INTO "ef_temp_allowance" ("owner", "deed", "may_be_spent_until", "may_be_total", "spent_until", "total", "total_until")
SELECT "owner", "deed", "may_be_spent_until", "may_be_total", "spent_until", "total", "total_until"
FROM "allowance";

PRAGMA foreign_keys = 0;

DROP TABLE "allowance";

ALTER TABLE "ef_temp_allowance" RENAME TO "allowance";

PRAGMA foreign_keys = 1;
