DROP TABLE "passkey";

DROP TABLE "passkey_challenge";
