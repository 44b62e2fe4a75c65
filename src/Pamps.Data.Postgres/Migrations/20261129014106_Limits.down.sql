DROP TABLE allowance;

DROP TABLE known_address;

DROP INDEX ix_account_superuser;
