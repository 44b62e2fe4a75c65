CREATE TABLE "lease" (
    "name" TEXT NOT NULL CONSTRAINT "pk_lease" PRIMARY KEY,
    "until" TEXT NOT NULL
);

CREATE TABLE "sign_in_failure" (
    "key" TEXT NOT NULL CONSTRAINT "pk_sign_in_failure" PRIMARY KEY,
    "count" INTEGER NOT NULL,
    "since" TEXT NOT NULL
);

CREATE INDEX "ix_sign_in_failure_since" ON "sign_in_failure" ("since");
