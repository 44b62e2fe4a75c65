CREATE TABLE registration (
    user_id bigint NOT NULL,
    reason text NOT NULL,
    language character varying(35),
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_registration PRIMARY KEY (user_id),
    CONSTRAINT fk_registration_user FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE
);
