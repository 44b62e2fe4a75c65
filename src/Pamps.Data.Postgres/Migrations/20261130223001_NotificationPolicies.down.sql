DROP TABLE notification_accepted;

DROP TABLE notification_aside;

DROP TABLE notification_policy;
