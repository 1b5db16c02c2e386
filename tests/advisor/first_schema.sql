-- The schema of the first release, as SQLite holds it, with one receipt.
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
INSERT INTO receipts (tenant, receipt, jurisdiction, as_of, made_at, body) VALUES ('local', 'sha256:00', 'tw', '2026-11-27', '2026-11-27T00:00:00.000000+00:00', '{}');
COMMIT;
