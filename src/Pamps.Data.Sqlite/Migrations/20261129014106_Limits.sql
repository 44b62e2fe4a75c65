CREATE TABLE "allowance" (
    "owner" INTEGER NOT NULL,
    "deed" INTEGER NOT NULL,
    "spent_until" INTEGER NOT NULL,
    "may_be_spent_until" INTEGER NOT NULL,
    CONSTRAINT "pk_allowance" PRIMARY KEY ("owner", "deed"),
    CONSTRAINT "ck_allowance_spent" CHECK (spent_until <= may_be_spent_until)
);

CREATE TABLE "known_address" (
    "key" TEXT NOT NULL CONSTRAINT "pk_known_address" PRIMARY KEY,
    "last_used_at" TEXT NOT NULL
);

CREATE INDEX "ix_account_superuser" ON "account" ("user_id") WHERE superuser;

CREATE INDEX "ix_known_address_last_used_at" ON "known_address" ("last_used_at");
