CREATE TABLE "ef_temp_allowance" (
    "owner" INTEGER NOT NULL,
    "deed" INTEGER NOT NULL,
    "may_be_spent_until" INTEGER NOT NULL,
    "spent_until" INTEGER NOT NULL,
    CONSTRAINT "pk_allowance" PRIMARY KEY ("owner", "deed"),
    CONSTRAINT "ck_allowance_spent" CHECK (spent_until <= may_be_spent_until)
);

INSERT INTO "ef_temp_allowance" ("owner", "deed", "may_be_spent_until", "spent_until")
SELECT "owner", "deed", "may_be_spent_until", "spent_until"
FROM "allowance";

PRAGMA foreign_keys = 0;

DROP TABLE "allowance";

ALTER TABLE "ef_temp_allowance" RENAME TO "allowance";

PRAGMA foreign_keys = 1;
