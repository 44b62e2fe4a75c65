CREATE TABLE "recovery_code" (
    "user_id" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    CONSTRAINT "pk_recovery_code" PRIMARY KEY ("user_id", "hash"),
    CONSTRAINT "fk_recovery_code_account" FOREIGN KEY ("user_id") REFERENCES "account" ("user_id") ON DELETE CASCADE
);

CREATE TABLE "second_factor" (
    "user_id" INTEGER NOT NULL CONSTRAINT "pk_second_factor" PRIMARY KEY,
    "secret" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "confirmed_at" TEXT NULL,
    "last_step" INTEGER NOT NULL,
    CONSTRAINT "fk_second_factor_account" FOREIGN KEY ("user_id") REFERENCES "account" ("user_id") ON DELETE CASCADE
);
