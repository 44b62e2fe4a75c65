ALTER TABLE "account" DROP COLUMN "email_confirmed_at";
