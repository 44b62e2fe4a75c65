CREATE TABLE "registration" (
    "user_id" INTEGER NOT NULL CONSTRAINT "pk_registration" PRIMARY KEY,
    "reason" TEXT NOT NULL,
    "language" TEXT NULL,
    "created_at" TEXT NOT NULL,
    CONSTRAINT "fk_registration_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);
