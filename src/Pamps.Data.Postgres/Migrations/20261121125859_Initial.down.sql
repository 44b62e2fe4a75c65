DROP TABLE idempotency;

DROP TABLE "like";

DROP TABLE login;

DROP TABLE social;

DROP TABLE post;

DROP TABLE "user";
