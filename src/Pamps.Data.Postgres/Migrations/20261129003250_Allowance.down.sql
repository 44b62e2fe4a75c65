DROP TABLE allowance;
