DROP TABLE "allowance";
