DROP TABLE application_grant;

DROP TABLE application;
