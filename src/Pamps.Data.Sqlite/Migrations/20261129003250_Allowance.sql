CREATE TABLE "allowance" (
    "owner" INTEGER NOT NULL,
    "deed" INTEGER NOT NULL,
    "spent_until" INTEGER NOT NULL,
    "may_be_spent_until" INTEGER NOT NULL,
    CONSTRAINT "pk_allowance" PRIMARY KEY ("owner", "deed"),
    CONSTRAINT "ck_allowance_spent" CHECK (spent_until <= may_be_spent_until)
);
