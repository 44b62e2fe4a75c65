DROP TABLE "registration";
