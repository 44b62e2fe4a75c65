CREATE TABLE recovery_code (
    user_id bigint NOT NULL,
    hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_recovery_code PRIMARY KEY (user_id, hash),
    CONSTRAINT fk_recovery_code_account FOREIGN KEY (user_id) REFERENCES account (user_id) ON DELETE CASCADE
);

CREATE TABLE second_factor (
    user_id bigint NOT NULL,
    secret character varying(128) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    last_step bigint NOT NULL,
    CONSTRAINT pk_second_factor PRIMARY KEY (user_id),
    CONSTRAINT fk_second_factor_account FOREIGN KEY (user_id) REFERENCES account (user_id) ON DELETE CASCADE
);
