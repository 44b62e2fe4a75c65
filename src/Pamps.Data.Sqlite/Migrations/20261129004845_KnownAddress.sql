CREATE TABLE "known_address" (
    "key" TEXT NOT NULL CONSTRAINT "pk_known_address" PRIMARY KEY,
    "last_used_at" TEXT NOT NULL
);

CREATE INDEX "ix_known_address_last_used_at" ON "known_address" ("last_used_at");
