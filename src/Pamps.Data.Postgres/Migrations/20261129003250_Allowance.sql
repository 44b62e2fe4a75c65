CREATE TABLE allowance (
    owner bigint NOT NULL,
    deed smallint NOT NULL,
    spent_until bigint NOT NULL,
    may_be_spent_until bigint NOT NULL,
    CONSTRAINT pk_allowance PRIMARY KEY (owner, deed),
    CONSTRAINT ck_allowance_spent CHECK (spent_until <= may_be_spent_until)
);
