ALTER TABLE "account" ADD "email_confirmed_at" TEXT NULL;
