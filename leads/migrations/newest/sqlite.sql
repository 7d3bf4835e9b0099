CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE client (
	id CHAR(32) NOT NULL,
	name VARCHAR NOT NULL,
	created_at DATETIME NOT NULL, strictness VARCHAR DEFAULT 'balanced' NOT NULL, country VARCHAR, contacts VARCHAR, hour_cost_minor BIGINT, hour_cost_currency VARCHAR, controller VARCHAR,
	PRIMARY KEY (id),
	UNIQUE (name)
);

CREATE TABLE app_user (
	id CHAR(32) NOT NULL,
	name VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	created_at DATETIME NOT NULL, rights_at DATETIME,
	PRIMARY KEY (id),
	UNIQUE (name)
);

CREATE TABLE icp_version (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	name VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	content VARCHAR NOT NULL,
	content_hash VARCHAR NOT NULL,
	created_at DATETIME NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id),
	UNIQUE (client_id, name, version)
);

CREATE TABLE campaign (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	name VARCHAR NOT NULL,
	icp_version_id CHAR(32),
	crawl BOOLEAN NOT NULL,
	created_at DATETIME NOT NULL, daily_cap INTEGER, user_daily_cap INTEGER, script VARCHAR, call_hours VARCHAR,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id, icp_version_id) REFERENCES icp_version (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id),
	UNIQUE (client_id, name)
);

CREATE TABLE list (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	name VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	vendor VARCHAR,
	cost_minor BIGINT,
	cost_currency VARCHAR,
	as_of DATE,
	shareable BOOLEAN NOT NULL,
	created_at DATETIME NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id),
	UNIQUE (client_id, name)
);

CREATE TABLE import (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	list_id CHAR(32) NOT NULL,
	file_name VARCHAR NOT NULL,
	file_sha256 VARCHAR NOT NULL,
	counts JSON NOT NULL,
	columns JSON NOT NULL,
	at DATETIME NOT NULL,
	undone_at DATETIME,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id, list_id) REFERENCES list (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id)
);

CREATE INDEX ix_import_list_id ON import (list_id);

CREATE TABLE column_map (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	fingerprint VARCHAR NOT NULL,
	columns JSON NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, fingerprint)
);

CREATE TABLE company (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	kind VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	merged_into CHAR(32),
	gone_at DATETIME,
	created_at DATETIME NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id, merged_into) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id)
);

CREATE TABLE company_link (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	company_id CHAR(32) NOT NULL,
	of_id CHAR(32) NOT NULL,
	kind VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	created_at DATETIME NOT NULL, "by" VARCHAR, denied_at DATETIME,
	PRIMARY KEY (id),
	CONSTRAINT link_kind CHECK (kind IN ('site_of', 'brand_of', 'part_of')),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id, of_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (company_id, of_id, kind)
);

CREATE TABLE judgement (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	left_key VARCHAR NOT NULL,
	right_key VARCHAR NOT NULL,
	decision VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT judgement_decision CHECK (decision IN ('same', 'different')),
	CONSTRAINT judgement_order CHECK (left_key < right_key),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, left_key, right_key)
);

CREATE TABLE record (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	list_id CHAR(32) NOT NULL,
	import_id CHAR(32) NOT NULL,
	"row" INTEGER NOT NULL,
	line INTEGER NOT NULL,
	row_key VARCHAR NOT NULL,
	content_hash VARCHAR NOT NULL,
	match_key VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	raw JSON NOT NULL,
	company_id CHAR(32),
	ended_at DATETIME,
	ended_by CHAR(32),
	end_noticed BOOLEAN NOT NULL, role VARCHAR,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id, import_id) REFERENCES import (client_id, id),
	FOREIGN KEY(client_id, list_id) REFERENCES list (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id)
);

CREATE INDEX ix_record_import_id ON record (import_id);

CREATE INDEX ix_record_match_key ON record (match_key);

CREATE UNIQUE INDEX record_live_content ON record (list_id, content_hash) WHERE ended_at IS NULL;

CREATE INDEX record_of_company ON record (company_id);

CREATE TABLE page_body (
	content_hash VARCHAR NOT NULL,
	body BLOB NOT NULL,
	size INTEGER NOT NULL, packed INTEGER DEFAULT '0' NOT NULL,
	PRIMARY KEY (content_hash)
);

CREATE TABLE crawl (
	id CHAR(32) NOT NULL,
	site VARCHAR NOT NULL,
	outcome VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	final_site VARCHAR,
	pages INTEGER NOT NULL,
	bytes INTEGER NOT NULL,
	robots VARCHAR NOT NULL,
	started_at DATETIME NOT NULL,
	seconds FLOAT NOT NULL, unchanged INTEGER DEFAULT '0' NOT NULL, not_before DATETIME,
	PRIMARY KEY (id)
);

CREATE INDEX crawl_of_site ON crawl (site, started_at);

CREATE TABLE page (
	id CHAR(32) NOT NULL,
	crawl_id CHAR(32) NOT NULL,
	site VARCHAR NOT NULL,
	url VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	status INTEGER NOT NULL,
	headers JSON NOT NULL,
	content_hash VARCHAR NOT NULL,
	fetched_at DATETIME NOT NULL, received_at DATETIME DEFAULT '1970-01-01 00:00:00.000000' NOT NULL, seen_at DATETIME DEFAULT '1970-01-01 00:00:00.000000' NOT NULL, replaced_at DATETIME, place INTEGER DEFAULT '0' NOT NULL, reading BLOB, rules VARCHAR, robots VARCHAR DEFAULT '' NOT NULL, why VARCHAR DEFAULT '' NOT NULL, rendering VARCHAR DEFAULT '' NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(content_hash) REFERENCES page_body (content_hash),
	FOREIGN KEY(crawl_id) REFERENCES crawl (id)
);

CREATE INDEX ix_page_crawl_id ON page (crawl_id);

CREATE INDEX ix_page_site ON page (site);

CREATE TABLE fact (
	id CHAR(32) NOT NULL,
	client_id CHAR(32),
	record_id CHAR(32),
	site VARCHAR,
	register_entry VARCHAR,
	company_id CHAR(32),
	attribute VARCHAR NOT NULL,
	value JSON NOT NULL,
	source VARCHAR NOT NULL,
	method VARCHAR NOT NULL,
	observed_at DATETIME NOT NULL,
	as_of DATE,
	url VARCHAR,
	quote VARCHAR NOT NULL,
	confidence FLOAT NOT NULL,
	scope VARCHAR NOT NULL,
	licence VARCHAR, cost_micros BIGINT, cost_currency VARCHAR,
	PRIMARY KEY (id),
	CONSTRAINT fact_of_client_has_owner CHECK (client_id IS NULL OR record_id IS NOT NULL OR company_id IS NOT NULL),
	CONSTRAINT fact_has_one_subject CHECK ((CASE WHEN record_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN site IS NULL THEN 0 ELSE 1 END) + (CASE WHEN register_entry IS NULL THEN 0 ELSE 1 END) + (CASE WHEN company_id IS NULL THEN 0 ELSE 1 END) = 1),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id, record_id) REFERENCES record (client_id, id)
);

CREATE INDEX fact_domain ON fact (value) WHERE attribute = 'domain';

CREATE TABLE retraction (
	fact_id CHAR(32) NOT NULL,
	client_id CHAR(32),
	reason VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (fact_id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(fact_id) REFERENCES fact (id)
);

CREATE TABLE verdict (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	campaign_id CHAR(32) NOT NULL,
	company_id CHAR(32) NOT NULL,
	icp_version_id CHAR(32) NOT NULL,
	verdict VARCHAR NOT NULL,
	fit_stage VARCHAR NOT NULL,
	score_worst INTEGER NOT NULL,
	score_best INTEGER NOT NULL,
	asks BOOLEAN NOT NULL,
	why_not VARCHAR NOT NULL,
	answers JSON NOT NULL,
	decides JSON NOT NULL,
	waits_for JSON NOT NULL,
	fact_ids JSON NOT NULL,
	today DATE NOT NULL,
	versions JSON NOT NULL,
	decided_at DATETIME NOT NULL,
	superseded_at DATETIME, basis VARCHAR, lasts_until DATE, rolled_up JSON,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id, icp_version_id) REFERENCES icp_version (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id)
);

CREATE UNIQUE INDEX verdict_in_force ON verdict (campaign_id, company_id) WHERE superseded_at IS NULL;

CREATE INDEX verdict_of_company ON verdict (company_id);

CREATE TABLE relationship (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	campaign_id CHAR(32) NOT NULL,
	company_id CHAR(32) NOT NULL,
	state VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	since DATETIME NOT NULL,
	reopens_at DATETIME, promised_by VARCHAR, shared_at DATETIME,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (campaign_id, company_id)
);

CREATE INDEX ix_relationship_company_id ON relationship (company_id);

CREATE TABLE queue_entry (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	campaign_id CHAR(32) NOT NULL,
	company_id CHAR(32) NOT NULL,
	state VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	score_worst INTEGER NOT NULL,
	score_best INTEGER NOT NULL,
	rank INTEGER NOT NULL,
	not_before DATETIME,
	token INTEGER NOT NULL,
	attempts INTEGER NOT NULL,
	entered_at DATETIME NOT NULL, promised_by VARCHAR, shared_at DATETIME, fresh INTEGER DEFAULT '0' NOT NULL, calendar VARCHAR,
	PRIMARY KEY (id),
	CONSTRAINT queue_state CHECK (state IN ('ready', 'leased', 'done', 'out')),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (campaign_id, company_id),
	UNIQUE (client_id, id)
);

CREATE INDEX ix_queue_entry_company_id ON queue_entry (company_id);

CREATE TABLE lease (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	queue_entry_id CHAR(32) NOT NULL,
	user VARCHAR NOT NULL,
	token INTEGER NOT NULL,
	since DATETIME NOT NULL,
	until DATETIME NOT NULL,
	ended_at DATETIME,
	ended_by VARCHAR,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id, queue_entry_id) REFERENCES queue_entry (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id)
);

CREATE UNIQUE INDEX lease_live ON lease (queue_entry_id) WHERE ended_at IS NULL;

CREATE TABLE disposition (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	campaign_id CHAR(32) NOT NULL,
	company_id CHAR(32) NOT NULL,
	lease_id CHAR(32) NOT NULL,
	user VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	again_at DATETIME, version INTEGER, channel VARCHAR DEFAULT 'phone' NOT NULL, undone_at DATETIME, cell VARCHAR,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id, lease_id) REFERENCES lease (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (lease_id)
);

CREATE INDEX ix_disposition_company_id ON disposition (company_id);

CREATE TABLE suppression (
	id CHAR(32) NOT NULL,
	client_id CHAR(32),
	campaign_id CHAR(32),
	level VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	"key" VARCHAR,
	key_hash VARCHAR NOT NULL,
	subject VARCHAR,
	request_id CHAR(32) NOT NULL,
	reason VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	ended_at DATETIME, until DATETIME, head VARCHAR, tail VARCHAR, origin_id CHAR(32), channel VARCHAR,
	PRIMARY KEY (id),
	CONSTRAINT suppression_kind CHECK (kind IN ('domain', 'company', 'email', 'phone')),
	CONSTRAINT suppression_campaign CHECK (level <> 'campaign' OR campaign_id IS NOT NULL),
	CONSTRAINT suppression_level CHECK (level IN ('law', 'agency', 'client', 'campaign')),
	CONSTRAINT suppression_client CHECK (level NOT IN ('client', 'campaign') OR client_id IS NOT NULL),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX ix_suppression_request_id ON suppression (request_id);

CREATE INDEX suppression_by_hash ON suppression (key_hash);

CREATE TABLE task (
	id CHAR(32) NOT NULL,
	kind VARCHAR NOT NULL,
	"key" VARCHAR NOT NULL,
	epoch INTEGER NOT NULL,
	client_id CHAR(32),
	queue VARCHAR NOT NULL,
	host VARCHAR,
	state VARCHAR NOT NULL,
	attempt INTEGER NOT NULL,
	errors INTEGER NOT NULL,
	crashes INTEGER NOT NULL,
	not_before DATETIME NOT NULL,
	lease_until DATETIME,
	job VARCHAR,
	dispatched_at DATETIME,
	priority INTEGER NOT NULL,
	turn INTEGER NOT NULL,
	error VARCHAR,
	trace_id VARCHAR NOT NULL,
	code_version VARCHAR NOT NULL,
	created_at DATETIME NOT NULL,
	finished_at DATETIME,
	PRIMARY KEY (id),
	CONSTRAINT task_state CHECK (state IN ('pending', 'running', 'done', 'dead', 'quarantined', 'discarded')),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (kind, "key", epoch)
);

CREATE INDEX task_done ON task (finished_at, kind) WHERE state = 'done';

CREATE INDEX task_given_up ON task (kind, client_id) WHERE state IN ('dead', 'quarantined');

CREATE INDEX task_handed ON task (job, dispatched_at) WHERE state = 'pending' AND job IS NOT NULL;

CREATE INDEX task_loose ON task (kind, priority, turn, id) WHERE state = 'pending' AND job IS NULL;

CREATE UNIQUE INDEX task_pending ON task (kind, "key") WHERE state = 'pending';

CREATE INDEX task_running ON task (lease_until) WHERE state = 'running';

CREATE INDEX task_waiting ON task (kind, priority, turn, id) WHERE state = 'pending';

CREATE TABLE failure (
	id CHAR(32) NOT NULL,
	task_id CHAR(32) NOT NULL,
	kind VARCHAR NOT NULL,
	client_id CHAR(32),
	at DATETIME NOT NULL,
	host VARCHAR NOT NULL,
	attempt INTEGER NOT NULL,
	how VARCHAR NOT NULL,
	fingerprint VARCHAR NOT NULL,
	error VARCHAR NOT NULL,
	trace VARCHAR NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX failure_of_kind ON failure (fingerprint, at);

CREATE INDEX failure_of_task ON failure (task_id);

CREATE TABLE pause (
	thing VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	who VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	PRIMARY KEY (thing, name)
);

CREATE TABLE duty (
	name VARCHAR NOT NULL,
	host VARCHAR NOT NULL,
	until DATETIME NOT NULL,
	PRIMARY KEY (name)
);

CREATE TABLE installation (
	name VARCHAR NOT NULL,
	id CHAR(32) NOT NULL,
	made_at DATETIME NOT NULL,
	PRIMARY KEY (name),
	CONSTRAINT installation_name CHECK (name = 'this')
);

CREATE TABLE crew (
	host VARCHAR NOT NULL,
	workers INTEGER NOT NULL,
	version VARCHAR NOT NULL,
	started_at DATETIME NOT NULL,
	seen_at DATETIME NOT NULL,
	skew FLOAT NOT NULL,
	memory INTEGER NOT NULL,
	replaced INTEGER NOT NULL,
	PRIMARY KEY (host)
);

CREATE TABLE event (
	id CHAR(32) NOT NULL,
	at DATETIME NOT NULL,
	who VARCHAR NOT NULL,
	client_id CHAR(32),
	verb VARCHAR NOT NULL,
	thing VARCHAR NOT NULL,
	thing_id VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	data JSON NOT NULL,
	trace_id VARCHAR NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX event_of_thing ON event (thing, thing_id);

CREATE INDEX task_of_client ON task (kind, client_id, priority, turn, id) WHERE state = 'pending';

CREATE INDEX verdict_lasts_until ON verdict (lasts_until) WHERE superseded_at IS NULL;

CREATE INDEX link_of_client ON company_link (client_id, of_id);

CREATE INDEX fact_parent ON fact (client_id) WHERE attribute = 'parent';

CREATE TABLE user_client (
	user_id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	PRIMARY KEY (user_id, client_id),
	FOREIGN KEY(user_id) REFERENCES app_user (id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE TABLE pruned_tasks (
	kind VARCHAR NOT NULL,
	day DATE NOT NULL,
	tasks INTEGER NOT NULL,
	PRIMARY KEY (kind, day)
);

CREATE TABLE company_contact (
	company_id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	mark VARCHAR,
	PRIMARY KEY (company_id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX company_contact_missing ON company_contact (client_id) WHERE mark IS NULL;

CREATE TABLE company_key (
	company_id CHAR(32) NOT NULL,
	key_hash VARCHAR NOT NULL,
	client_id CHAR(32) NOT NULL,
	form VARCHAR,
	head VARCHAR,
	tail VARCHAR,
	PRIMARY KEY (company_id, key_hash),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX company_key_by_hash ON company_key (key_hash);

CREATE INDEX company_key_by_head ON company_key (head) WHERE head IS NOT NULL;

CREATE INDEX company_key_by_tail ON company_key (tail) WHERE tail IS NOT NULL;

CREATE TABLE task_watch (
	trace_id VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	task_id CHAR(32) NOT NULL,
	PRIMARY KEY (trace_id, kind, task_id),
	FOREIGN KEY(task_id) REFERENCES task (id) ON DELETE CASCADE
);

CREATE INDEX ix_task_watch_task_id ON task_watch (task_id);

CREATE INDEX task_of_trace ON task (trace_id, kind, priority, turn, id) WHERE state = 'pending';

CREATE TABLE signal (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	company_id CHAR(32) NOT NULL,
	contact_id CHAR(32),
	campaign_id CHAR(32),
	kind VARCHAR NOT NULL,
	channel VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	external_id VARCHAR NOT NULL,
	happened_at DATETIME NOT NULL,
	heard_at DATETIME NOT NULL,
	value_minor BIGINT,
	value_currency VARCHAR,
	"by" VARCHAR NOT NULL,
	retracts CHAR(32), link VARCHAR, agent VARCHAR, machine BOOLEAN,
	PRIMARY KEY (id),
	CONSTRAINT signal_value_has_currency CHECK ((value_minor IS NULL) = (value_currency IS NULL)),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(contact_id) REFERENCES contact (id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, retracts) REFERENCES signal (client_id, id),
	UNIQUE (client_id, id),
	UNIQUE (client_id, source, external_id)
);

CREATE INDEX signal_of_company ON signal (company_id, happened_at);

CREATE INDEX ix_signal_retracts ON signal (retracts);

CREATE INDEX queue_waiting ON queue_entry (campaign_id, not_before) WHERE state = 'ready' AND not_before IS NOT NULL AND promised_by IS NULL;

CREATE INDEX queue_promised ON queue_entry (campaign_id, promised_by, not_before) WHERE state = 'ready' AND promised_by IS NOT NULL;

CREATE INDEX queue_shared ON queue_entry (campaign_id, shared_at) WHERE state = 'ready' AND promised_by IS NOT NULL;

CREATE INDEX lease_of_user ON lease (client_id, user) WHERE ended_at IS NULL;

CREATE INDEX lease_until ON lease (until) WHERE ended_at IS NULL;

CREATE INDEX lease_skipped ON lease (queue_entry_id, user) WHERE ended_by = 'skipped';

CREATE INDEX disposition_of_day ON disposition (campaign_id, at);

CREATE TABLE desk_action (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	campaign_id CHAR(32) NOT NULL,
	company_id CHAR(32) NOT NULL,
	queue_entry_id CHAR(32),
	user VARCHAR NOT NULL,
	verb VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	disposition_id CHAR(32),
	suppression_id CHAR(32),
	"before" JSON NOT NULL,
	undone_at DATETIME,
	undone_why VARCHAR NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id)
);

CREATE INDEX desk_action_of_user ON desk_action (campaign_id, user, id);

CREATE INDEX desk_action_of_company ON desk_action (company_id);

CREATE TABLE fact_doubt (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	company_id CHAR(32) NOT NULL,
	disposition_id CHAR(32) NOT NULL,
	fact_id CHAR(32) NOT NULL,
	attribute VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	undone_at DATETIME,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(disposition_id) REFERENCES disposition (id),
	FOREIGN KEY(fact_id) REFERENCES fact (id),
	UNIQUE (disposition_id, fact_id)
);

CREATE INDEX fact_doubt_of_company ON fact_doubt (company_id);

CREATE INDEX fact_doubt_of_source ON fact_doubt (client_id, source);

CREATE TABLE disposition_file (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	version INTEGER NOT NULL,
	content VARCHAR NOT NULL,
	content_hash VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, version)
);

CREATE TABLE review_pair (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	left_id CHAR(32) NOT NULL,
	right_id CHAR(32) NOT NULL,
	kind VARCHAR NOT NULL,
	together BOOLEAN NOT NULL,
	odds FLOAT NOT NULL,
	reasons_for JSON NOT NULL,
	reasons_against JSON NOT NULL,
	found_at DATETIME NOT NULL, disagreement VARCHAR DEFAULT '' NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, left_id) REFERENCES record (client_id, id),
	FOREIGN KEY(client_id, right_id) REFERENCES record (client_id, id),
	UNIQUE (client_id, left_id, right_id)
);

CREATE TABLE export (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	campaign_id CHAR(32) NOT NULL,
	profile VARCHAR NOT NULL,
	profile_version INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	file VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	rows INTEGER NOT NULL,
	started_at DATETIME NOT NULL,
	finished_at DATETIME,
	PRIMARY KEY (id),
	CONSTRAINT export_kind CHECK (kind IN ('rows', 'removals')),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (client_id, id)
);

CREATE INDEX export_of_profile ON export (campaign_id, profile);

CREATE TABLE export_row (
	export_id CHAR(32) NOT NULL,
	company_id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	row_hash VARCHAR NOT NULL,
	PRIMARY KEY (export_id, company_id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, export_id) REFERENCES export (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id)
);

CREATE INDEX export_row_of_company ON export_row (company_id);

CREATE INDEX suppression_until ON suppression (until) WHERE ended_at IS NULL AND until IS NOT NULL;

CREATE INDEX disposition_of_company ON disposition (company_id, campaign_id);

CREATE TABLE webhook (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	url VARCHAR NOT NULL,
	types VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	created_at DATETIME NOT NULL,
	delivered_at DATETIME,
	error VARCHAR NOT NULL,
	disabled_at DATETIME,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id)
);

CREATE INDEX webhook_of_client ON webhook (client_id);

CREATE TABLE webhook_message (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	webhook_id CHAR(32) NOT NULL,
	type VARCHAR NOT NULL,
	body VARCHAR NOT NULL,
	created_at DATETIME NOT NULL,
	asked_at DATETIME,
	attempts INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, webhook_id) REFERENCES webhook (client_id, id)
);

CREATE INDEX webhook_message_of_webhook ON webhook_message (webhook_id);

CREATE INDEX webhook_message_unasked ON webhook_message (created_at) WHERE asked_at IS NULL;

CREATE TABLE channel_policy (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	version INTEGER NOT NULL,
	content VARCHAR NOT NULL,
	content_hash VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, version)
);

CREATE INDEX ix_company_merged_into ON company (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX ix_fact_record_id ON fact (record_id) WHERE record_id IS NOT NULL;

CREATE INDEX ix_fact_site ON fact (site) WHERE site IS NOT NULL;

CREATE INDEX ix_fact_register_entry ON fact (register_entry) WHERE register_entry IS NOT NULL;

CREATE INDEX ix_fact_company_id ON fact (company_id) WHERE company_id IS NOT NULL;

CREATE INDEX suppression_tail ON suppression (tail) WHERE tail IS NOT NULL;

CREATE INDEX queue_order ON queue_entry (campaign_id, rank, fresh, entered_at, id) WHERE state = 'ready' AND not_before IS NULL;

CREATE INDEX queue_calendar ON queue_entry (campaign_id, calendar, rank, fresh, entered_at, id) WHERE state = 'ready' AND not_before IS NULL;

CREATE TABLE holiday_year (
	area VARCHAR NOT NULL,
	year INTEGER NOT NULL,
	weekend JSON NOT NULL,
	holidays JSON NOT NULL,
	worked JSON NOT NULL,
	looked_up_at DATETIME NOT NULL,
	PRIMARY KEY (area, year)
);

CREATE TABLE agency_setting (
	name VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	PRIMARY KEY (name)
);

CREATE TABLE scoring_file (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	campaign_id CHAR(32) NOT NULL,
	name VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	content VARCHAR NOT NULL,
	content_hash VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	at DATETIME NOT NULL, grade_a INTEGER DEFAULT '80' NOT NULL, grade_b INTEGER DEFAULT '40' NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (campaign_id, version)
);

CREATE TABLE company_score (
	campaign_id CHAR(32) NOT NULL,
	company_id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	version INTEGER NOT NULL,
	temperature VARCHAR NOT NULL,
	heat FLOAT,
	total BIGINT NOT NULL,
	scored_at DATETIME NOT NULL,
	changes_at DATETIME,
	qualifications JSON NOT NULL,
	suppressed VARCHAR, disqualified BOOLEAN DEFAULT 0 NOT NULL,
	PRIMARY KEY (campaign_id, company_id),
	CONSTRAINT company_score_temperature CHECK (temperature IN ('cold', 'warm', 'hot')),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id)
);

CREATE INDEX company_score_order ON company_score (campaign_id, heat);

CREATE INDEX ix_company_score_company_id ON company_score (company_id);

CREATE INDEX company_score_due ON company_score (changes_at) WHERE changes_at IS NOT NULL;

CREATE INDEX suppression_channel ON suppression (channel) WHERE channel IS NOT NULL;

CREATE TABLE outcome_import (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	campaign_id CHAR(32) NOT NULL,
	source VARCHAR NOT NULL,
	file VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	undone_at DATETIME,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (client_id, id)
);

CREATE INDEX outcome_import_of_campaign ON outcome_import (campaign_id, id);

CREATE TABLE outcome_effect (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	import_id CHAR(32) NOT NULL,
	company_id CHAR(32),
	signal_id CHAR(32),
	suppression_id CHAR(32),
	key_hash VARCHAR,
	level VARCHAR,
	event VARCHAR,
	"before" JSON NOT NULL,
	"after" VARCHAR NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, import_id) REFERENCES outcome_import (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id)
);

CREATE INDEX outcome_effect_of_import ON outcome_effect (import_id, id);

CREATE INDEX outcome_effect_of_company ON outcome_effect (company_id) WHERE company_id IS NOT NULL;

CREATE INDEX outcome_effect_of_key ON outcome_effect (key_hash) WHERE key_hash IS NOT NULL;

CREATE TABLE user_default (
	user VARCHAR NOT NULL,
	client_id CHAR(32),
	campaign_id CHAR(32),
	time_zone VARCHAR,
	PRIMARY KEY (user),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id)
);

CREATE TABLE campaign_file (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	campaign_id CHAR(32) NOT NULL,
	kind VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	content VARCHAR NOT NULL,
	content_hash VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (campaign_id, kind, version)
);

CREATE TABLE lead (
	campaign_id CHAR(32) NOT NULL,
	company_id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	stage VARCHAR NOT NULL,
	since DATETIME NOT NULL,
	next_touch_at DATETIME NOT NULL,
	next_touch VARCHAR NOT NULL, entered_at DATETIME,
	PRIMARY KEY (campaign_id, company_id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	CONSTRAINT lead_stage CHECK (stage IN ('unqualified', 'nurture', 'mql', 'sql', 'opportunity', 'customer'))
);

CREATE INDEX ix_lead_company_id ON lead (company_id);

CREATE TABLE lead_answer (
	id CHAR(32) NOT NULL,
	campaign_id CHAR(32) NOT NULL,
	company_id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	question VARCHAR NOT NULL,
	reply VARCHAR NOT NULL,
	words VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	recorded_at DATETIME NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	CONSTRAINT lead_answer_reply CHECK (reply IN ('yes', 'partly', 'no', 'unknown'))
);

CREATE INDEX ix_lead_answer_company_id ON lead_answer (company_id);

CREATE TABLE handover (
	id CHAR(32) NOT NULL,
	campaign_id CHAR(32) NOT NULL,
	company_id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	version INTEGER NOT NULL,
	checklist JSON NOT NULL,
	sent_at DATETIME NOT NULL,
	sent_by VARCHAR NOT NULL,
	answer_by DATETIME NOT NULL,
	state VARCHAR NOT NULL,
	answered_at DATETIME,
	answered_by VARCHAR,
	reason VARCHAR NOT NULL,
	words VARCHAR NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	CONSTRAINT handover_state CHECK (state IN ('open', 'accepted', 'rejected')),
	CONSTRAINT handover_reason CHECK (state <> 'rejected' OR reason <> '')
);

CREATE INDEX ix_handover_company_id ON handover (company_id);

CREATE UNIQUE INDEX handover_open ON handover (campaign_id, company_id) WHERE state = 'open';

CREATE TABLE consent (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	channel VARCHAR NOT NULL,
	point VARCHAR NOT NULL,
	who VARCHAR NOT NULL,
	words VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	given_at DATETIME NOT NULL,
	"by" VARCHAR NOT NULL,
	recorded_at DATETIME NOT NULL,
	withdrawn_at DATETIME,
	withdrawn_by VARCHAR,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX consent_at_point ON consent (client_id, point);

CREATE INDEX event_stage_moved ON event (client_id) WHERE verb = 'stage moved';

CREATE TABLE password (
	user_id CHAR(32) NOT NULL,
	argon2 VARCHAR NOT NULL,
	set_at DATETIME NOT NULL,
	PRIMARY KEY (user_id),
	FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE TABLE login_link (
	token_hash VARCHAR NOT NULL,
	user_id CHAR(32) NOT NULL,
	made_by VARCHAR NOT NULL,
	made_at DATETIME NOT NULL,
	ends_at DATETIME NOT NULL,
	PRIMARY KEY (token_hash),
	FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE INDEX login_link_of_user ON login_link (user_id);

CREATE TABLE web_session (
	token_hash VARCHAR NOT NULL,
	user_id CHAR(32) NOT NULL,
	form_key VARCHAR NOT NULL,
	began_at DATETIME NOT NULL,
	seen_at DATETIME NOT NULL,
	agent VARCHAR NOT NULL, network VARCHAR DEFAULT '' NOT NULL, how VARCHAR DEFAULT 'password' NOT NULL, needs VARCHAR DEFAULT '' NOT NULL, token_at DATETIME, replaced_at DATETIME,
	PRIMARY KEY (token_hash),
	FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE INDEX web_session_of_user ON web_session (user_id);

CREATE TABLE "contact" (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	record_id CHAR(32),
	site VARCHAR,
	page_url VARCHAR,
	kind VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	name VARCHAR,
	email VARCHAR,
	phone VARCHAR,
	source VARCHAR NOT NULL,
	basis VARCHAR NOT NULL,
	notice_due_at DATETIME,
	noticed_at DATETIME,
	created_at DATETIME NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, record_id) REFERENCES record (client_id, id)
);

CREATE INDEX contact_of_record ON contact (record_id);

CREATE INDEX contact_of_client ON contact (client_id, notice_due_at);

CREATE INDEX contact_of_site ON contact (client_id, site);

CREATE TABLE prediction_model (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	campaign_id CHAR(32) NOT NULL,
	version INTEGER NOT NULL,
	content JSON NOT NULL,
	"by" VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	used_at DATETIME,
	ended_at DATETIME,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (campaign_id, version)
);

CREATE TABLE company_chance (
	campaign_id CHAR(32) NOT NULL,
	company_id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	version INTEGER NOT NULL,
	chance FLOAT NOT NULL,
	place INTEGER NOT NULL,
	explores BOOLEAN NOT NULL,
	PRIMARY KEY (campaign_id, company_id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	CONSTRAINT company_chance_place CHECK (place BETWEEN 0 AND 10000)
);

CREATE INDEX ix_company_chance_company_id ON company_chance (company_id);

CREATE INDEX contact_email ON contact (email, client_id);

CREATE INDEX verdict_by_stage ON verdict (campaign_id, fit_stage, score_worst, company_id) WHERE superseded_at IS NULL;

CREATE TABLE api_token (
	id CHAR(32) NOT NULL,
	name VARCHAR NOT NULL,
	token_hash VARCHAR NOT NULL,
	user_id CHAR(32) NOT NULL,
	client_id CHAR(32),
	scopes VARCHAR NOT NULL,
	made_by VARCHAR NOT NULL,
	made_at DATETIME NOT NULL,
	ends_at DATETIME NOT NULL,
	used_at DATETIME,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(user_id) REFERENCES app_user (id),
	UNIQUE (name),
	UNIQUE (token_hash)
);

CREATE INDEX api_token_of_user ON api_token (user_id);

CREATE TABLE api_answer (
	token_id CHAR(32) NOT NULL,
	"key" VARCHAR NOT NULL,
	request_hash VARCHAR NOT NULL,
	began_at DATETIME NOT NULL,
	status INTEGER,
	content_type VARCHAR NOT NULL,
	body BLOB NOT NULL,
	PRIMARY KEY (token_id, "key"),
	FOREIGN KEY(token_id) REFERENCES api_token (id)
);

CREATE INDEX api_answer_began ON api_answer (began_at);

CREATE INDEX suppression_head ON suppression (head, "key", level, client_id, campaign_id, until, channel, ended_at) WHERE head IS NOT NULL;

CREATE INDEX suppression_newest ON suppression (level, client_id, request_id) WHERE ended_at IS NULL;

CREATE TABLE shared_report (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	campaign_id CHAR(32) NOT NULL,
	token_hash VARCHAR NOT NULL,
	part VARCHAR NOT NULL,
	since DATETIME,
	until DATETIME,
	made_by VARCHAR NOT NULL,
	made_at DATETIME NOT NULL,
	ends_at DATETIME NOT NULL,
	ended_at DATETIME,
	views INTEGER NOT NULL,
	viewed_at DATETIME,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (token_hash)
);

CREATE INDEX shared_report_of_client ON shared_report (client_id, made_at);

CREATE TABLE inbox (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	campaign_id CHAR(32) NOT NULL,
	name VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	rules JSON NOT NULL,
	secret VARCHAR NOT NULL,
	secret_before VARCHAR NOT NULL,
	before_until DATETIME,
	"by" VARCHAR NOT NULL,
	created_at DATETIME NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (client_id, id),
	UNIQUE (name)
);

CREATE INDEX inbox_of_client ON inbox (client_id, name);

CREATE TABLE inbox_message (
	inbox_id CHAR(32) NOT NULL,
	message_id VARCHAR NOT NULL,
	client_id CHAR(32) NOT NULL,
	at DATETIME NOT NULL,
	state VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	PRIMARY KEY (inbox_id, message_id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, inbox_id) REFERENCES inbox (client_id, id)
);

CREATE INDEX inbox_message_at ON inbox_message (inbox_id, at);

CREATE TABLE inbox_refusal (
	inbox_id CHAR(32) NOT NULL,
	hour DATETIME NOT NULL,
	reason VARCHAR NOT NULL,
	client_id CHAR(32) NOT NULL,
	times INTEGER NOT NULL,
	last_at DATETIME NOT NULL,
	PRIMARY KEY (inbox_id, hour, reason),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, inbox_id) REFERENCES inbox (client_id, id)
);

CREATE TABLE second_factor (
	user_id CHAR(32) NOT NULL,
	nonce VARCHAR NOT NULL,
	made_at DATETIME NOT NULL,
	confirmed_at DATETIME,
	last_step INTEGER NOT NULL,
	PRIMARY KEY (user_id),
	FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE TABLE recovery_code (
	user_id CHAR(32) NOT NULL,
	code_hash VARCHAR NOT NULL,
	PRIMARY KEY (user_id, code_hash),
	FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE TABLE login_identity (
	user_id CHAR(32) NOT NULL,
	issuer VARCHAR NOT NULL,
	email VARCHAR,
	subject VARCHAR,
	linked_by VARCHAR NOT NULL,
	linked_at DATETIME NOT NULL,
	PRIMARY KEY (user_id),
	FOREIGN KEY(user_id) REFERENCES app_user (id),
	UNIQUE (issuer, email),
	UNIQUE (issuer, subject)
);

CREATE INDEX company_name ON company (client_id, lower(name));

CREATE INDEX record_name ON record (client_id, lower(name)) WHERE ended_at IS NULL;

CREATE INDEX lead_next ON lead (campaign_id, next_touch_at, company_id);

CREATE INDEX lead_of_stage ON lead (campaign_id, stage, next_touch_at, company_id);

CREATE INDEX review_doubt ON review_pair (client_id, abs(odds), left_id, right_id);

CREATE INDEX event_decided ON event (id) WHERE thing IN ('everything', 'queue', 'client', 'host', 'tasks', 'entry', 'task') AND verb IN ('paused', 'resumed', 'requeued', 'discarded', 'refused', 'quarantined');

CREATE INDEX contact_page ON contact (client_id, id);

CREATE INDEX consent_page ON consent (client_id, id);

CREATE INDEX queue_not_free ON queue_entry (campaign_id, rank, fresh, entered_at, id) WHERE state = 'leased' OR state = 'ready' AND not_before IS NOT NULL;

CREATE TABLE site (
	site VARCHAR NOT NULL,
	last_at DATETIME NOT NULL,
	outcome VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	answered_at DATETIME,
	failed INTEGER NOT NULL,
	failing_since DATETIME,
	dead_at DATETIME,
	age_days INTEGER,
	age_at DATETIME,
	due_at DATETIME NOT NULL, refused INTEGER DEFAULT '0' NOT NULL,
	PRIMARY KEY (site)
);

CREATE INDEX ix_page_content_hash ON page (content_hash);

CREATE INDEX page_replaced ON page (replaced_at) WHERE replaced_at IS NOT NULL;

CREATE INDEX ix_page_body_packed ON page_body (packed);

CREATE INDEX ix_site_due_at ON site (due_at);

CREATE TABLE opted_out_host (
	host VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	who VARCHAR NOT NULL,
	added_at DATETIME NOT NULL,
	PRIMARY KEY (host)
);

CREATE TABLE site_finding (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	company_id CHAR(32) NOT NULL,
	domain VARCHAR,
	band VARCHAR NOT NULL,
	odds FLOAT NOT NULL,
	reasons JSON NOT NULL,
	lacks JSON NOT NULL,
	denied JSON NOT NULL,
	fact_ids JSON NOT NULL,
	basis VARCHAR NOT NULL,
	said_by VARCHAR,
	"before" JSON,
	found_at DATETIME NOT NULL, again_at DATETIME, looked JSON DEFAULT '[]' NOT NULL, pages JSON DEFAULT '[]' NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	UNIQUE (client_id, company_id)
);

CREATE INDEX site_finding_domain ON site_finding (domain);

CREATE TABLE name_look_up (
	name VARCHAR NOT NULL,
	known VARCHAR NOT NULL,
	hosts JSON NOT NULL,
	looked_up_at DATETIME NOT NULL,
	PRIMARY KEY (name)
);

CREATE INDEX name_look_up_looked_up_at ON name_look_up (looked_up_at);

CREATE INDEX crawl_led_away ON crawl (final_site) WHERE outcome = 'redirected_away';

CREATE TABLE fact_audit (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	attribute VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	list VARCHAR NOT NULL,
	wanted INTEGER NOT NULL,
	frame INTEGER NOT NULL,
	strata INTEGER NOT NULL,
	seed BIGINT NOT NULL,
	"by" VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id)
);

CREATE TABLE fact_audit_item (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	audit_id CHAR(32) NOT NULL,
	number INTEGER NOT NULL,
	fact_id CHAR(32) NOT NULL,
	company_id CHAR(32) NOT NULL,
	source VARCHAR NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(fact_id) REFERENCES fact (id),
	FOREIGN KEY(client_id, audit_id) REFERENCES fact_audit (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	UNIQUE (client_id, id),
	UNIQUE (client_id, fact_id),
	UNIQUE (audit_id, number)
);

CREATE INDEX fact_audit_item_of_fact ON fact_audit_item (fact_id);

CREATE INDEX fact_audit_item_of_company ON fact_audit_item (company_id);

CREATE TABLE fact_judgement (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	item_id CHAR(32) NOT NULL,
	said VARCHAR NOT NULL,
	takes_back CHAR(32),
	"by" VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, item_id) REFERENCES fact_audit_item (client_id, id),
	FOREIGN KEY(client_id, takes_back) REFERENCES fact_judgement (client_id, id),
	UNIQUE (client_id, id),
	UNIQUE (takes_back)
);

CREATE INDEX fact_judgement_of_item ON fact_judgement (item_id);

CREATE INDEX fact_doubt_of_fact ON fact_doubt (fact_id);

CREATE TABLE source_question (
	id CHAR(32) NOT NULL,
	client_id CHAR(32),
	source VARCHAR NOT NULL,
	country VARCHAR NOT NULL,
	attributes JSON NOT NULL,
	state VARCHAR NOT NULL,
	budget_id CHAR(32),
	task_id CHAR(32),
	attempt INTEGER NOT NULL,
	price_micros BIGINT NOT NULL,
	charged_micros BIGINT NOT NULL,
	currency VARCHAR NOT NULL,
	outcome VARCHAR,
	reason VARCHAR NOT NULL,
	found JSON NOT NULL,
	answer JSON,
	reserved_at DATETIME NOT NULL,
	sent_at DATETIME,
	settled_at DATETIME,
	fresh_until DATETIME,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX source_question_budget ON source_question (budget_id) WHERE budget_id IS NOT NULL;

CREATE INDEX source_question_source ON source_question (source, settled_at);

CREATE INDEX source_question_open ON source_question (state, reserved_at) WHERE state IN ('reserved', 'sent');

CREATE TABLE source_question_key (
	source VARCHAR NOT NULL,
	holder VARCHAR NOT NULL,
	"key" VARCHAR NOT NULL,
	question_id CHAR(32) NOT NULL,
	PRIMARY KEY (source, holder, "key"),
	FOREIGN KEY(question_id) REFERENCES source_question (id)
);

CREATE INDEX source_question_key_question_id ON source_question_key (question_id);

CREATE TABLE source_turn (
	id CHAR(32) NOT NULL,
	source VARCHAR NOT NULL,
	taken_at DATETIME NOT NULL,
	done_at DATETIME,
	counts_until DATETIME NOT NULL,
	PRIMARY KEY (id)
);

CREATE INDEX source_turn_counts_until ON source_turn (counts_until);

CREATE INDEX source_turn_source ON source_turn (source, counts_until);

CREATE TABLE source_rest (
	source VARCHAR NOT NULL,
	until DATETIME NOT NULL,
	reason VARCHAR NOT NULL,
	PRIMARY KEY (source)
);

CREATE TABLE spending_budget (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	campaign_id CHAR(32) NOT NULL,
	automatic BOOLEAN NOT NULL,
	micros BIGINT NOT NULL,
	company_micros BIGINT,
	currency VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	begun_at DATETIME NOT NULL,
	ended_at DATETIME,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (client_id, id)
);

CREATE UNIQUE INDEX spending_budget_automatic ON spending_budget (campaign_id) WHERE automatic AND ended_at IS NULL;

CREATE INDEX spending_budget_campaign ON spending_budget (campaign_id, ended_at) WHERE campaign_id IS NOT NULL;

CREATE TABLE spending_cap (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	campaign_id CHAR(32),
	list_id CHAR(32),
	period VARCHAR NOT NULL,
	micros BIGINT NOT NULL,
	currency VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, list_id) REFERENCES list (client_id, id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (client_id, id)
);

CREATE INDEX spending_cap_of ON spending_cap (client_id, campaign_id, list_id, period);

CREATE TABLE spending_line (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	question_id CHAR(32) NOT NULL,
	campaign_id CHAR(32),
	budget_id CHAR(32),
	company_id CHAR(32),
	list_id CHAR(32),
	why VARCHAR NOT NULL,
	micros BIGINT NOT NULL,
	currency VARCHAR NOT NULL,
	budget_micros BIGINT,
	at DATETIME NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(question_id) REFERENCES source_question (id),
	FOREIGN KEY(client_id, list_id) REFERENCES list (client_id, id),
	FOREIGN KEY(client_id, budget_id) REFERENCES spending_budget (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id)
);

CREATE INDEX spending_line_client_at ON spending_line (client_id, at);

CREATE INDEX spending_line_company_id ON spending_line (company_id) WHERE company_id IS NOT NULL;

CREATE INDEX spending_line_budget_id ON spending_line (budget_id) WHERE budget_id IS NOT NULL;

CREATE INDEX spending_line_question_id ON spending_line (question_id);

CREATE INDEX fact_register_number ON fact (value) WHERE attribute = 'register_number';

CREATE INDEX source_question_key_key ON source_question_key ("key");

CREATE INDEX spending_line_paid ON spending_line (client_id, at, budget_id, campaign_id, list_id, currency, micros, budget_micros) WHERE micros <> 0;

CREATE TABLE company_change (
	id CHAR(32) NOT NULL,
	client_id CHAR(32),
	companies BLOB,
	place BIGINT NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX company_change_place ON company_change (place);

CREATE TABLE verdict_pass (
	campaign_id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	icp_version_id CHAR(32) NOT NULL,
	made_by VARCHAR NOT NULL,
	day DATE NOT NULL,
	place VARCHAR NOT NULL,
	newest CHAR(32) NOT NULL,
	PRIMARY KEY (campaign_id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id)
);

CREATE TABLE match_model (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	version INTEGER NOT NULL,
	content VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	used_at DATETIME,
	ended_at DATETIME,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, version)
);

CREATE UNIQUE INDEX match_model_in_force ON match_model (client_id) WHERE used_at IS NOT NULL AND ended_at IS NULL;

CREATE TABLE unsure_pair (
	id CHAR(32) NOT NULL,
	client_id CHAR(32) NOT NULL,
	left_key VARCHAR NOT NULL,
	right_key VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT unsure_order CHECK (left_key < right_key),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, left_key, right_key)
);

CREATE TABLE match_base (
	client_id CHAR(32) NOT NULL,
	version CHAR(32) NOT NULL,
	rests_on JSON NOT NULL,
	records INTEGER NOT NULL,
	bits INTEGER NOT NULL,
	corpus BLOB NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (client_id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE TABLE match_part (
	client_id CHAR(32) NOT NULL,
	version CHAR(32) NOT NULL,
	kind VARCHAR NOT NULL,
	at INTEGER NOT NULL,
	body BLOB NOT NULL,
	PRIMARY KEY (client_id, version, kind, at),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE TABLE match_key (
	client_id CHAR(32) NOT NULL,
	"key" BIGINT NOT NULL,
	record_id CHAR(32) NOT NULL,
	face BIGINT NOT NULL,
	PRIMARY KEY (client_id, "key", record_id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, record_id) REFERENCES record (client_id, id)
);

CREATE INDEX match_key_of_record ON match_key (record_id);

CREATE INDEX record_unplaced ON record (client_id, id) WHERE company_id IS NULL AND ended_at IS NULL;

CREATE INDEX record_unnoticed ON record (client_id, id) WHERE ended_at IS NOT NULL AND NOT end_noticed;

CREATE INDEX verdict_of_campaign_lasts_until ON verdict (campaign_id, lasts_until) WHERE superseded_at IS NULL;

INSERT INTO alembic_version (version_num) VALUES ('0075');
