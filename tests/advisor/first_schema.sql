-- The schema of the first release with a row in every table, as SQLite holds it; PostgreSQL counted its rows by SERIAL.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE answer_values (
	answer_id VARCHAR(64) NOT NULL, 
	parameter VARCHAR(120) NOT NULL, 
	value_key VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	on_day VARCHAR(10) NOT NULL, 
	PRIMARY KEY (answer_id, parameter, value_key)
);
CREATE TABLE answers (
	seq INTEGER NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	conversation_id VARCHAR(64) NOT NULL, 
	made_at VARCHAR(32) NOT NULL, 
	as_of VARCHAR(10) NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	question TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (id)
);
CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	key_id VARCHAR(16) NOT NULL, 
	request_id VARCHAR(64) NOT NULL, 
	action VARCHAR(40) NOT NULL, 
	target VARCHAR(200) NOT NULL, 
	text TEXT NOT NULL, 
	outcome VARCHAR(40) NOT NULL, 
	PRIMARY KEY (seq)
);
CREATE TABLE feedback (
	seq INTEGER NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	answer_id VARCHAR(64) NOT NULL, 
	made_at VARCHAR(32) NOT NULL, 
	rating VARCHAR(8) NOT NULL, 
	comment TEXT NOT NULL, 
	correction TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (id)
);
CREATE TABLE idempotency (
	tenant VARCHAR(64) NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	request VARCHAR(64) NOT NULL, 
	status INTEGER NOT NULL, 
	media_type VARCHAR(80) NOT NULL, 
	body TEXT NOT NULL, 
	made_at VARCHAR(32) NOT NULL, 
	PRIMARY KEY (tenant, "key")
);
CREATE TABLE keys (
	id VARCHAR(16) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	scopes TEXT NOT NULL, 
	rate VARCHAR(40) NOT NULL, 
	made_at VARCHAR(32) NOT NULL, 
	expires_at VARCHAR(32) NOT NULL, 
	revoked_at VARCHAR(32) NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE receipts (
	seq INTEGER NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	receipt VARCHAR(80) NOT NULL, 
	jurisdiction VARCHAR(8) NOT NULL, 
	as_of VARCHAR(10) NOT NULL, 
	made_at VARCHAR(32) NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	CONSTRAINT one_receipt_a_tenant UNIQUE (tenant, receipt)
);
CREATE INDEX answers_by_conversation ON answers (tenant, conversation_id, seq);
CREATE INDEX answers_by_time ON answers (made_at);
CREATE INDEX values_by_parameter ON answer_values (parameter);
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX idempotency_by_time ON idempotency (made_at);
INSERT INTO keys (id, tenant, name, digest, scopes, rate, made_at, expires_at, revoked_at) VALUES ('0123456789ab', 'shop', 'desk', '66d34fba71f8f450f7e45598853e53bfc23bbd129027cbb131a2f4ffd7878cd0', 'ask records', '60/minute', '2026-11-27T00:00:00.000000+00:00', '', '');
INSERT INTO answers (id, tenant, conversation_id, made_at, as_of, status, question, body) VALUES ('a1', 'shop', 'c1', '2026-11-27T00:00:01.000000+00:00', '2026-11-27', 'answered', 'MPF?', '{"answer": "33.58"}');
INSERT INTO answer_values (answer_id, parameter, value_key, value, on_day) VALUES ('a1', 'us.mpf.minimum', 'k1', '["33.58", "USD", "2025-10-01", null]', '2026-11-27');
INSERT INTO feedback (id, tenant, answer_id, made_at, rating, comment, correction) VALUES ('f1', 'shop', 'a1', '2026-11-27T00:00:02.000000+00:00', 'down', '', '34.58');
INSERT INTO audit (at, tenant, key_id, request_id, action, target, text, outcome) VALUES ('2026-11-27T00:00:01.000000+00:00', 'shop', '0123456789ab', 'r1', 'ask', 'a1', 'MPF?', 'answered');
INSERT INTO idempotency (tenant, "key", request, status, media_type, body, made_at) VALUES ('shop', 'once', 'd1', 200, 'application/json', '{}', '2999-11-27T00:00:01.000000+00:00');
INSERT INTO receipts (tenant, receipt, jurisdiction, as_of, made_at, body) VALUES ('local', 'sha256:00', 'tw', '2026-11-27', '2026-11-27T00:00:00.000000+00:00', '{}');
COMMIT;
