CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE client (
	id UUID NOT NULL,
	name VARCHAR NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (name)
);

CREATE TABLE app_user (
	id UUID NOT NULL,
	name VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (name)
);

CREATE TABLE icp_version (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	name VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	content VARCHAR NOT NULL,
	content_hash VARCHAR NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id),
	UNIQUE (client_id, name, version)
);

CREATE TABLE campaign (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	name VARCHAR NOT NULL,
	icp_version_id UUID,
	crawl BOOLEAN NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id, icp_version_id) REFERENCES icp_version (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id),
	UNIQUE (client_id, name)
);

CREATE TABLE list (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	name VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	vendor VARCHAR,
	cost_minor BIGINT,
	cost_currency VARCHAR,
	as_of DATE,
	shareable BOOLEAN NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id),
	UNIQUE (client_id, name)
);

CREATE TABLE import (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	list_id UUID NOT NULL,
	file_name VARCHAR NOT NULL,
	file_sha256 VARCHAR NOT NULL,
	counts JSONB NOT NULL,
	columns JSONB NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	undone_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id, list_id) REFERENCES list (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id)
);

CREATE INDEX ix_import_list_id ON import (list_id);

CREATE TABLE column_map (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	fingerprint VARCHAR NOT NULL,
	columns JSONB NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, fingerprint)
);

CREATE TABLE company (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	kind VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	merged_into UUID,
	gone_at TIMESTAMP WITH TIME ZONE,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id, merged_into) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id)
);

CREATE INDEX ix_company_client_id ON company (client_id);

CREATE INDEX ix_company_merged_into ON company (merged_into);

CREATE TABLE company_link (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	company_id UUID NOT NULL,
	of_id UUID NOT NULL,
	kind VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT link_kind CHECK (kind IN ('site_of', 'brand_of', 'part_of')),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id, of_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (company_id, of_id, kind)
);

CREATE TABLE judgement (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	left_key VARCHAR NOT NULL,
	right_key VARCHAR NOT NULL,
	decision VARCHAR NOT NULL,
	by VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT judgement_decision CHECK (decision IN ('same', 'different')),
	CONSTRAINT judgement_order CHECK (left_key < right_key),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, left_key, right_key)
);

CREATE TABLE record (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	list_id UUID NOT NULL,
	import_id UUID NOT NULL,
	row INTEGER NOT NULL,
	line INTEGER NOT NULL,
	row_key VARCHAR NOT NULL,
	content_hash VARCHAR NOT NULL,
	match_key VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	raw JSONB NOT NULL,
	company_id UUID,
	ended_at TIMESTAMP WITH TIME ZONE,
	ended_by UUID,
	end_noticed BOOLEAN NOT NULL,
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
	body BYTEA NOT NULL,
	size INTEGER NOT NULL,
	PRIMARY KEY (content_hash)
);

CREATE TABLE crawl (
	id UUID NOT NULL,
	site VARCHAR NOT NULL,
	outcome VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	final_site VARCHAR,
	pages INTEGER NOT NULL,
	bytes INTEGER NOT NULL,
	robots VARCHAR NOT NULL,
	started_at TIMESTAMP WITH TIME ZONE NOT NULL,
	seconds FLOAT NOT NULL,
	PRIMARY KEY (id)
);

CREATE INDEX crawl_of_site ON crawl (site, started_at);

CREATE TABLE page (
	id UUID NOT NULL,
	crawl_id UUID NOT NULL,
	site VARCHAR NOT NULL,
	url VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	status INTEGER NOT NULL,
	headers JSONB NOT NULL,
	content_hash VARCHAR NOT NULL,
	fetched_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(content_hash) REFERENCES page_body (content_hash),
	FOREIGN KEY(crawl_id) REFERENCES crawl (id)
);

CREATE INDEX ix_page_crawl_id ON page (crawl_id);

CREATE INDEX ix_page_site ON page (site);

CREATE TABLE fact (
	id UUID NOT NULL,
	client_id UUID,
	record_id UUID,
	site VARCHAR,
	register_entry VARCHAR,
	company_id UUID,
	attribute VARCHAR NOT NULL,
	value JSONB NOT NULL,
	source VARCHAR NOT NULL,
	method VARCHAR NOT NULL,
	observed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	as_of DATE,
	url VARCHAR,
	quote VARCHAR NOT NULL,
	confidence FLOAT NOT NULL,
	scope VARCHAR NOT NULL,
	licence VARCHAR,
	cost_minor BIGINT,
	PRIMARY KEY (id),
	CONSTRAINT fact_has_one_subject CHECK ((CASE WHEN record_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN site IS NULL THEN 0 ELSE 1 END) + (CASE WHEN register_entry IS NULL THEN 0 ELSE 1 END) + (CASE WHEN company_id IS NULL THEN 0 ELSE 1 END) = 1),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id, record_id) REFERENCES record (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX fact_domain ON fact (value) WHERE attribute = 'domain';

CREATE INDEX ix_fact_company_id ON fact (company_id);

CREATE INDEX ix_fact_record_id ON fact (record_id);

CREATE INDEX ix_fact_register_entry ON fact (register_entry);

CREATE INDEX ix_fact_site ON fact (site);

CREATE TABLE retraction (
	fact_id UUID NOT NULL,
	client_id UUID,
	reason VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (fact_id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(fact_id) REFERENCES fact (id)
);

CREATE TABLE verdict (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	company_id UUID NOT NULL,
	icp_version_id UUID NOT NULL,
	verdict VARCHAR NOT NULL,
	fit_stage VARCHAR NOT NULL,
	score_worst INTEGER NOT NULL,
	score_best INTEGER NOT NULL,
	asks BOOLEAN NOT NULL,
	why_not VARCHAR NOT NULL,
	answers JSONB NOT NULL,
	decides JSONB NOT NULL,
	waits_for JSONB NOT NULL,
	fact_ids JSONB NOT NULL,
	today DATE NOT NULL,
	versions JSONB NOT NULL,
	decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
	superseded_at TIMESTAMP WITH TIME ZONE,
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
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	company_id UUID NOT NULL,
	state VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	since TIMESTAMP WITH TIME ZONE NOT NULL,
	reopens_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (campaign_id, company_id)
);

CREATE INDEX ix_relationship_company_id ON relationship (company_id);

CREATE TABLE queue_entry (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	company_id UUID NOT NULL,
	state VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	score_worst INTEGER NOT NULL,
	score_best INTEGER NOT NULL,
	rank INTEGER NOT NULL,
	not_before TIMESTAMP WITH TIME ZONE,
	token INTEGER NOT NULL,
	attempts INTEGER NOT NULL,
	entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT queue_state CHECK (state IN ('ready', 'leased', 'done', 'out')),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (campaign_id, company_id),
	UNIQUE (client_id, id)
);

CREATE INDEX ix_queue_entry_company_id ON queue_entry (company_id);

CREATE INDEX queue_order ON queue_entry (campaign_id, rank, id) WHERE state = 'ready';

CREATE TABLE lease (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	queue_entry_id UUID NOT NULL,
	"user" VARCHAR NOT NULL,
	token INTEGER NOT NULL,
	since TIMESTAMP WITH TIME ZONE NOT NULL,
	until TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	ended_by VARCHAR,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id, queue_entry_id) REFERENCES queue_entry (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id)
);

CREATE UNIQUE INDEX lease_live ON lease (queue_entry_id) WHERE ended_at IS NULL;

CREATE TABLE disposition (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	company_id UUID NOT NULL,
	lease_id UUID NOT NULL,
	"user" VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	again_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id, lease_id) REFERENCES lease (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (lease_id)
);

CREATE INDEX ix_disposition_company_id ON disposition (company_id);

CREATE TABLE suppression (
	id UUID NOT NULL,
	client_id UUID,
	campaign_id UUID,
	level VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	key VARCHAR,
	key_hash VARCHAR NOT NULL,
	subject VARCHAR,
	request_id UUID NOT NULL,
	reason VARCHAR NOT NULL,
	by VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
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

CREATE TABLE contact (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	company_id UUID NOT NULL,
	role VARCHAR NOT NULL,
	name VARCHAR,
	email VARCHAR,
	phone VARCHAR,
	source VARCHAR NOT NULL,
	notice_due_at TIMESTAMP WITH TIME ZONE,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX ix_contact_company_id ON contact (company_id);

CREATE TABLE task (
	id UUID NOT NULL,
	kind VARCHAR NOT NULL,
	key VARCHAR NOT NULL,
	epoch INTEGER NOT NULL,
	client_id UUID,
	queue VARCHAR NOT NULL,
	host VARCHAR,
	state VARCHAR NOT NULL,
	attempt INTEGER NOT NULL,
	errors INTEGER NOT NULL,
	crashes INTEGER NOT NULL,
	not_before TIMESTAMP WITH TIME ZONE NOT NULL,
	lease_until TIMESTAMP WITH TIME ZONE,
	job VARCHAR,
	dispatched_at TIMESTAMP WITH TIME ZONE,
	priority INTEGER NOT NULL,
	turn INTEGER NOT NULL,
	error VARCHAR,
	trace_id VARCHAR NOT NULL,
	code_version VARCHAR NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	finished_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (id),
	CONSTRAINT task_state CHECK (state IN ('pending', 'running', 'done', 'dead', 'quarantined', 'discarded')),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (kind, key, epoch)
);

CREATE INDEX task_done ON task (finished_at, kind) WHERE state = 'done';

CREATE INDEX task_given_up ON task (kind, client_id) WHERE state IN ('dead', 'quarantined');

CREATE INDEX task_handed ON task (job, dispatched_at) WHERE state = 'pending' AND job IS NOT NULL;

CREATE INDEX task_loose ON task (kind, priority, turn, id) WHERE state = 'pending' AND job IS NULL;

CREATE INDEX task_of_client ON task (kind, client_id, turn) WHERE state = 'pending';

CREATE UNIQUE INDEX task_pending ON task (kind, key) WHERE state = 'pending';

CREATE INDEX task_running ON task (lease_until) WHERE state = 'running';

CREATE INDEX task_waiting ON task (kind, priority, turn, id) WHERE state = 'pending';

CREATE TABLE failure (
	id UUID NOT NULL,
	task_id UUID NOT NULL,
	kind VARCHAR NOT NULL,
	client_id UUID,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
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
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	who VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	PRIMARY KEY (thing, name)
);

CREATE TABLE duty (
	name VARCHAR NOT NULL,
	host VARCHAR NOT NULL,
	until TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (name)
);

CREATE TABLE installation (
	name VARCHAR NOT NULL,
	id UUID NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (name),
	CONSTRAINT installation_name CHECK (name = 'this')
);

CREATE TABLE crew (
	host VARCHAR NOT NULL,
	workers INTEGER NOT NULL,
	version VARCHAR NOT NULL,
	started_at TIMESTAMP WITH TIME ZONE NOT NULL,
	seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
	skew FLOAT NOT NULL,
	memory INTEGER NOT NULL,
	replaced INTEGER NOT NULL,
	PRIMARY KEY (host)
);

CREATE TABLE event (
	id UUID NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	who VARCHAR NOT NULL,
	client_id UUID,
	verb VARCHAR NOT NULL,
	thing VARCHAR NOT NULL,
	thing_id VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	data JSONB NOT NULL,
	trace_id VARCHAR NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX event_of_thing ON event (thing, thing_id);

ALTER TABLE verdict ADD COLUMN basis VARCHAR;

ALTER TABLE verdict ADD COLUMN lasts_until DATE;

DROP INDEX task_of_client;

CREATE INDEX task_of_client ON task (kind, client_id, priority, turn, id) WHERE state = 'pending';

CREATE INDEX verdict_lasts_until ON verdict (lasts_until) WHERE superseded_at IS NULL;

ALTER TABLE company_link ADD COLUMN by VARCHAR;

ALTER TABLE company_link ADD COLUMN denied_at TIMESTAMP WITH TIME ZONE;

CREATE INDEX link_of_client ON company_link (client_id, of_id);

CREATE INDEX fact_parent ON fact (client_id) WHERE attribute = 'parent';

ALTER TABLE verdict ADD COLUMN rolled_up JSONB;

CREATE TABLE user_client (
	user_id UUID NOT NULL,
	client_id UUID NOT NULL,
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
	company_id UUID NOT NULL,
	client_id UUID NOT NULL,
	mark VARCHAR,
	PRIMARY KEY (company_id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX company_contact_missing ON company_contact (client_id) WHERE mark IS NULL;

CREATE TABLE company_key (
	company_id UUID NOT NULL,
	key_hash VARCHAR NOT NULL,
	client_id UUID NOT NULL,
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
	task_id UUID NOT NULL,
	PRIMARY KEY (trace_id, kind, task_id),
	FOREIGN KEY(task_id) REFERENCES task (id) ON DELETE CASCADE
);

CREATE INDEX ix_task_watch_task_id ON task_watch (task_id);

CREATE INDEX task_of_trace ON task (trace_id, kind, priority, turn, id) WHERE state = 'pending';

CREATE TABLE signal (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	company_id UUID NOT NULL,
	contact_id UUID,
	campaign_id UUID,
	kind VARCHAR NOT NULL,
	channel VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	external_id VARCHAR NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	heard_at TIMESTAMP WITH TIME ZONE NOT NULL,
	value_minor BIGINT,
	value_currency VARCHAR,
	by VARCHAR NOT NULL,
	retracts UUID,
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

ALTER TABLE record ADD COLUMN role VARCHAR;

ALTER TABLE client ADD COLUMN strictness VARCHAR DEFAULT 'balanced' NOT NULL;

ALTER TABLE client ADD COLUMN country VARCHAR;

ALTER TABLE relationship ADD COLUMN promised_by VARCHAR;

ALTER TABLE relationship ADD COLUMN shared_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE queue_entry ADD COLUMN promised_by VARCHAR;

ALTER TABLE queue_entry ADD COLUMN shared_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE queue_entry ADD COLUMN priority INTEGER DEFAULT '0' NOT NULL;

ALTER TABLE queue_entry ADD COLUMN fresh INTEGER DEFAULT '0' NOT NULL;

DROP INDEX queue_order;

CREATE INDEX queue_order ON queue_entry (campaign_id, priority, rank, fresh, entered_at, id) WHERE state = 'ready' AND not_before IS NULL;

CREATE INDEX queue_waiting ON queue_entry (campaign_id, not_before) WHERE state = 'ready' AND not_before IS NOT NULL AND promised_by IS NULL;

CREATE INDEX queue_promised ON queue_entry (campaign_id, promised_by, not_before) WHERE state = 'ready' AND promised_by IS NOT NULL;

CREATE INDEX queue_shared ON queue_entry (campaign_id, shared_at) WHERE state = 'ready' AND promised_by IS NOT NULL;

ALTER TABLE campaign ADD COLUMN daily_cap INTEGER;

ALTER TABLE campaign ADD COLUMN user_daily_cap INTEGER;

ALTER TABLE campaign ADD COLUMN script VARCHAR;

CREATE INDEX lease_of_user ON lease (client_id, "user") WHERE ended_at IS NULL;

CREATE INDEX lease_until ON lease (until) WHERE ended_at IS NULL;

CREATE INDEX lease_skipped ON lease (queue_entry_id, "user") WHERE ended_by = 'skipped';

ALTER TABLE disposition ADD COLUMN version INTEGER;

ALTER TABLE disposition ADD COLUMN channel VARCHAR DEFAULT 'phone' NOT NULL;

ALTER TABLE disposition ADD COLUMN undone_at TIMESTAMP WITH TIME ZONE;

CREATE INDEX disposition_of_day ON disposition (campaign_id, at);

CREATE TABLE desk_action (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	company_id UUID NOT NULL,
	queue_entry_id UUID,
	"user" VARCHAR NOT NULL,
	verb VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	disposition_id UUID,
	suppression_id UUID,
	before JSONB NOT NULL,
	undone_at TIMESTAMP WITH TIME ZONE,
	undone_why VARCHAR NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id)
);

CREATE INDEX desk_action_of_user ON desk_action (campaign_id, "user", id);

CREATE INDEX desk_action_of_company ON desk_action (company_id);

CREATE TABLE fact_doubt (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	company_id UUID NOT NULL,
	disposition_id UUID NOT NULL,
	fact_id UUID NOT NULL,
	attribute VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	by VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	undone_at TIMESTAMP WITH TIME ZONE,
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
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	version INTEGER NOT NULL,
	content VARCHAR NOT NULL,
	content_hash VARCHAR NOT NULL,
	by VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, version)
);

CREATE TABLE review_pair (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	left_id UUID NOT NULL,
	right_id UUID NOT NULL,
	kind VARCHAR NOT NULL,
	together BOOLEAN NOT NULL,
	odds FLOAT NOT NULL,
	reasons_for JSONB NOT NULL,
	reasons_against JSONB NOT NULL,
	found_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, left_id) REFERENCES record (client_id, id),
	FOREIGN KEY(client_id, right_id) REFERENCES record (client_id, id),
	UNIQUE (client_id, left_id, right_id)
);

CREATE TABLE export (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	profile VARCHAR NOT NULL,
	profile_version INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	file VARCHAR NOT NULL,
	by VARCHAR NOT NULL,
	rows INTEGER NOT NULL,
	started_at TIMESTAMP WITH TIME ZONE NOT NULL,
	finished_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (id),
	CONSTRAINT export_kind CHECK (kind IN ('rows', 'removals')),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (client_id, id)
);

CREATE INDEX export_of_profile ON export (campaign_id, profile);

CREATE TABLE export_row (
	export_id UUID NOT NULL,
	company_id UUID NOT NULL,
	client_id UUID NOT NULL,
	row_hash VARCHAR NOT NULL,
	PRIMARY KEY (export_id, company_id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, export_id) REFERENCES export (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id)
);

CREATE INDEX export_row_of_company ON export_row (company_id);

ALTER TABLE suppression ADD COLUMN until TIMESTAMP WITH TIME ZONE;

CREATE INDEX suppression_until ON suppression (until) WHERE ended_at IS NULL AND until IS NOT NULL;

CREATE INDEX disposition_of_company ON disposition (company_id, campaign_id);

ALTER TABLE suppression ADD COLUMN head VARCHAR;

ALTER TABLE suppression ADD COLUMN tail VARCHAR;

CREATE INDEX suppression_head ON suppression (head);

CREATE INDEX suppression_tail ON suppression (tail);

CREATE TABLE webhook (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	url VARCHAR NOT NULL,
	types VARCHAR NOT NULL,
	by VARCHAR NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	delivered_at TIMESTAMP WITH TIME ZONE,
	error VARCHAR NOT NULL,
	disabled_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id)
);

CREATE INDEX webhook_of_client ON webhook (client_id);

CREATE TABLE webhook_message (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	webhook_id UUID NOT NULL,
	type VARCHAR NOT NULL,
	body VARCHAR NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	asked_at TIMESTAMP WITH TIME ZONE,
	attempts INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, webhook_id) REFERENCES webhook (client_id, id)
);

CREATE INDEX webhook_message_of_webhook ON webhook_message (webhook_id);

CREATE INDEX webhook_message_unasked ON webhook_message (created_at) WHERE asked_at IS NULL;

ALTER TABLE suppression ADD COLUMN origin_id UUID;

CREATE TABLE channel_policy (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	version INTEGER NOT NULL,
	content VARCHAR NOT NULL,
	content_hash VARCHAR NOT NULL,
	by VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, version)
);

DROP INDEX ix_company_merged_into;

CREATE INDEX ix_company_merged_into ON company (merged_into) WHERE merged_into IS NOT NULL;

DROP INDEX ix_fact_record_id;

CREATE INDEX ix_fact_record_id ON fact (record_id) WHERE record_id IS NOT NULL;

DROP INDEX ix_fact_site;

CREATE INDEX ix_fact_site ON fact (site) WHERE site IS NOT NULL;

DROP INDEX ix_fact_register_entry;

CREATE INDEX ix_fact_register_entry ON fact (register_entry) WHERE register_entry IS NOT NULL;

DROP INDEX ix_fact_company_id;

CREATE INDEX ix_fact_company_id ON fact (company_id) WHERE company_id IS NOT NULL;

DROP INDEX suppression_head;

CREATE INDEX suppression_head ON suppression (head) WHERE head IS NOT NULL;

DROP INDEX suppression_tail;

CREATE INDEX suppression_tail ON suppression (tail) WHERE tail IS NOT NULL;

DROP INDEX queue_order;

ALTER TABLE queue_entry DROP COLUMN priority;

ALTER TABLE queue_entry ADD COLUMN calendar VARCHAR;

CREATE INDEX queue_order ON queue_entry (campaign_id, rank, fresh, entered_at, id) WHERE state = 'ready' AND not_before IS NULL;

CREATE INDEX queue_calendar ON queue_entry (campaign_id, calendar, rank, fresh, entered_at, id) WHERE state = 'ready' AND not_before IS NULL;

ALTER TABLE campaign ADD COLUMN call_hours VARCHAR;

CREATE TABLE holiday_year (
	area VARCHAR NOT NULL,
	year INTEGER NOT NULL,
	weekend JSONB NOT NULL,
	holidays JSONB NOT NULL,
	worked JSONB NOT NULL,
	looked_up_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (area, year)
);

CREATE TABLE agency_setting (
	name VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	PRIMARY KEY (name)
);

CREATE TABLE scoring_file (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	name VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	content VARCHAR NOT NULL,
	content_hash VARCHAR NOT NULL,
	by VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (campaign_id, version)
);

CREATE TABLE company_score (
	campaign_id UUID NOT NULL,
	company_id UUID NOT NULL,
	client_id UUID NOT NULL,
	version INTEGER NOT NULL,
	temperature VARCHAR NOT NULL,
	heat FLOAT,
	total BIGINT NOT NULL,
	scored_at TIMESTAMP WITH TIME ZONE NOT NULL,
	changes_at TIMESTAMP WITH TIME ZONE,
	qualifications JSONB NOT NULL,
	suppressed VARCHAR,
	PRIMARY KEY (campaign_id, company_id),
	CONSTRAINT company_score_temperature CHECK (temperature IN ('cold', 'warm', 'hot')),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id)
);

CREATE INDEX company_score_order ON company_score (campaign_id, heat);

CREATE INDEX ix_company_score_company_id ON company_score (company_id);

CREATE INDEX company_score_due ON company_score (changes_at) WHERE changes_at IS NOT NULL;

ALTER TABLE suppression ADD COLUMN channel VARCHAR;

CREATE INDEX suppression_channel ON suppression (channel) WHERE channel IS NOT NULL;

CREATE TABLE outcome_import (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	source VARCHAR NOT NULL,
	file VARCHAR NOT NULL,
	by VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	undone_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (client_id, id)
);

CREATE INDEX outcome_import_of_campaign ON outcome_import (campaign_id, id);

CREATE TABLE outcome_effect (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	import_id UUID NOT NULL,
	company_id UUID,
	signal_id UUID,
	suppression_id UUID,
	key_hash VARCHAR,
	level VARCHAR,
	event VARCHAR,
	before JSONB NOT NULL,
	after VARCHAR NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, import_id) REFERENCES outcome_import (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id)
);

CREATE INDEX outcome_effect_of_import ON outcome_effect (import_id, id);

CREATE INDEX outcome_effect_of_company ON outcome_effect (company_id) WHERE company_id IS NOT NULL;

CREATE INDEX outcome_effect_of_key ON outcome_effect (key_hash) WHERE key_hash IS NOT NULL;

CREATE TABLE user_default (
	"user" VARCHAR NOT NULL,
	client_id UUID,
	campaign_id UUID,
	time_zone VARCHAR,
	PRIMARY KEY ("user"),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id)
);

ALTER TABLE scoring_file ADD COLUMN grade_a INTEGER DEFAULT '80' NOT NULL;

ALTER TABLE scoring_file ADD COLUMN grade_b INTEGER DEFAULT '40' NOT NULL;

DROP TABLE contact CASCADE;

CREATE TABLE contact (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	record_id UUID NOT NULL,
	kind VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	name VARCHAR,
	email VARCHAR,
	phone VARCHAR,
	source VARCHAR NOT NULL,
	basis VARCHAR NOT NULL,
	notice_due_at TIMESTAMP WITH TIME ZONE,
	noticed_at TIMESTAMP WITH TIME ZONE,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, record_id) REFERENCES record (client_id, id)
);

CREATE INDEX contact_of_record ON contact (record_id);

CREATE INDEX contact_of_client ON contact (client_id, notice_due_at);

ALTER TABLE signal ADD CONSTRAINT signal_contact_id_fkey FOREIGN KEY(contact_id) REFERENCES contact (id);

ALTER TABLE client ADD COLUMN contacts VARCHAR;

CREATE TABLE campaign_file (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	kind VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	content VARCHAR NOT NULL,
	content_hash VARCHAR NOT NULL,
	by VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (campaign_id, kind, version)
);

CREATE TABLE lead (
	campaign_id UUID NOT NULL,
	company_id UUID NOT NULL,
	client_id UUID NOT NULL,
	stage VARCHAR NOT NULL,
	since TIMESTAMP WITH TIME ZONE NOT NULL,
	next_touch_at TIMESTAMP WITH TIME ZONE NOT NULL,
	next_touch VARCHAR NOT NULL,
	PRIMARY KEY (campaign_id, company_id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	CONSTRAINT lead_stage CHECK (stage IN ('unqualified', 'nurture', 'mql', 'sql', 'opportunity', 'customer'))
);

CREATE INDEX lead_due ON lead (campaign_id, next_touch_at);

CREATE INDEX ix_lead_company_id ON lead (company_id);

CREATE TABLE lead_answer (
	id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	company_id UUID NOT NULL,
	client_id UUID NOT NULL,
	question VARCHAR NOT NULL,
	reply VARCHAR NOT NULL,
	words VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	by VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	CONSTRAINT lead_answer_reply CHECK (reply IN ('yes', 'partly', 'no', 'unknown'))
);

CREATE INDEX ix_lead_answer_company_id ON lead_answer (company_id);

CREATE TABLE handover (
	id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	company_id UUID NOT NULL,
	client_id UUID NOT NULL,
	version INTEGER NOT NULL,
	checklist JSONB NOT NULL,
	sent_at TIMESTAMP WITH TIME ZONE NOT NULL,
	sent_by VARCHAR NOT NULL,
	answer_by TIMESTAMP WITH TIME ZONE NOT NULL,
	state VARCHAR NOT NULL,
	answered_at TIMESTAMP WITH TIME ZONE,
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
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	channel VARCHAR NOT NULL,
	point VARCHAR NOT NULL,
	who VARCHAR NOT NULL,
	words VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	given_at TIMESTAMP WITH TIME ZONE NOT NULL,
	by VARCHAR NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	withdrawn_at TIMESTAMP WITH TIME ZONE,
	withdrawn_by VARCHAR,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX consent_at_point ON consent (client_id, point);

ALTER TABLE lead ADD COLUMN entered_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE client ADD COLUMN hour_cost_minor BIGINT;

ALTER TABLE client ADD COLUMN hour_cost_currency VARCHAR;

CREATE INDEX event_stage_moved ON event (client_id) WHERE verb = 'stage moved';

CREATE TABLE password (
	user_id UUID NOT NULL,
	argon2 VARCHAR NOT NULL,
	set_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (user_id),
	FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE TABLE login_link (
	token_hash VARCHAR NOT NULL,
	user_id UUID NOT NULL,
	made_by VARCHAR NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (token_hash),
	FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE INDEX login_link_of_user ON login_link (user_id);

CREATE TABLE web_session (
	token_hash VARCHAR NOT NULL,
	user_id UUID NOT NULL,
	form_key VARCHAR NOT NULL,
	began_at TIMESTAMP WITH TIME ZONE NOT NULL,
	seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
	agent VARCHAR NOT NULL,
	PRIMARY KEY (token_hash),
	FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE INDEX web_session_of_user ON web_session (user_id);

ALTER TABLE contact ALTER COLUMN record_id DROP NOT NULL;

ALTER TABLE contact ADD COLUMN site VARCHAR;

ALTER TABLE contact ADD COLUMN page_url VARCHAR;

CREATE INDEX contact_of_site ON contact (client_id, site);

ALTER TABLE client ADD COLUMN controller VARCHAR;

CREATE TABLE prediction_model (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	version INTEGER NOT NULL,
	content JSONB NOT NULL,
	by VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	used_at TIMESTAMP WITH TIME ZONE,
	ended_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (campaign_id, version)
);

CREATE TABLE company_chance (
	campaign_id UUID NOT NULL,
	company_id UUID NOT NULL,
	client_id UUID NOT NULL,
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

ALTER TABLE signal ADD COLUMN link VARCHAR;

ALTER TABLE signal ADD COLUMN agent VARCHAR;

ALTER TABLE signal ADD COLUMN machine BOOLEAN;

ALTER TABLE disposition ADD COLUMN cell VARCHAR;

ALTER TABLE company_score ADD COLUMN disqualified BOOLEAN DEFAULT false NOT NULL;

CREATE INDEX contact_email ON contact (email, client_id);

CREATE INDEX verdict_by_stage ON verdict (campaign_id, fit_stage, score_worst, company_id) WHERE superseded_at IS NULL;

CREATE TABLE api_token (
	id UUID NOT NULL,
	name VARCHAR NOT NULL,
	token_hash VARCHAR NOT NULL,
	user_id UUID NOT NULL,
	client_id UUID,
	scopes VARCHAR NOT NULL,
	made_by VARCHAR NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	used_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(user_id) REFERENCES app_user (id),
	UNIQUE (name),
	UNIQUE (token_hash)
);

CREATE INDEX api_token_of_user ON api_token (user_id);

CREATE TABLE api_answer (
	token_id UUID NOT NULL,
	key VARCHAR NOT NULL,
	request_hash VARCHAR NOT NULL,
	began_at TIMESTAMP WITH TIME ZONE NOT NULL,
	status INTEGER,
	content_type VARCHAR NOT NULL,
	body BYTEA NOT NULL,
	PRIMARY KEY (token_id, key),
	FOREIGN KEY(token_id) REFERENCES api_token (id)
);

CREATE INDEX api_answer_began ON api_answer (began_at);

DROP INDEX suppression_head;

CREATE INDEX suppression_head ON suppression (head, key, level, client_id, campaign_id, until, channel, ended_at) WHERE head IS NOT NULL;

CREATE INDEX suppression_newest ON suppression (level, client_id, request_id) WHERE ended_at IS NULL;

CREATE INDEX queue_listed ON queue_entry (campaign_id, rank, fresh, entered_at, id) WHERE state IN ('ready', 'leased');

CREATE TABLE shared_report (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	token_hash VARCHAR NOT NULL,
	part VARCHAR NOT NULL,
	since TIMESTAMP WITH TIME ZONE,
	until TIMESTAMP WITH TIME ZONE,
	made_by VARCHAR NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	views INTEGER NOT NULL,
	viewed_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (token_hash)
);

CREATE INDEX shared_report_of_client ON shared_report (client_id, made_at);

CREATE TABLE inbox (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	name VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	rules JSONB NOT NULL,
	secret VARCHAR NOT NULL,
	secret_before VARCHAR NOT NULL,
	before_until TIMESTAMP WITH TIME ZONE,
	by VARCHAR NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (client_id, id),
	UNIQUE (name)
);

CREATE INDEX inbox_of_client ON inbox (client_id, name);

CREATE TABLE inbox_message (
	inbox_id UUID NOT NULL,
	message_id VARCHAR NOT NULL,
	client_id UUID NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	state VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	PRIMARY KEY (inbox_id, message_id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, inbox_id) REFERENCES inbox (client_id, id)
);

CREATE INDEX inbox_message_at ON inbox_message (inbox_id, at);

CREATE TABLE inbox_refusal (
	inbox_id UUID NOT NULL,
	hour TIMESTAMP WITH TIME ZONE NOT NULL,
	reason VARCHAR NOT NULL,
	client_id UUID NOT NULL,
	times INTEGER NOT NULL,
	last_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (inbox_id, hour, reason),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, inbox_id) REFERENCES inbox (client_id, id)
);

ALTER TABLE app_user ADD COLUMN rights_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE web_session ADD COLUMN network VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE web_session ADD COLUMN how VARCHAR DEFAULT 'password' NOT NULL;

ALTER TABLE web_session ADD COLUMN needs VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE web_session ADD COLUMN token_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE web_session ADD COLUMN replaced_at TIMESTAMP WITH TIME ZONE;

CREATE TABLE second_factor (
	user_id UUID NOT NULL,
	nonce VARCHAR NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	confirmed_at TIMESTAMP WITH TIME ZONE,
	last_step INTEGER NOT NULL,
	PRIMARY KEY (user_id),
	FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE TABLE recovery_code (
	user_id UUID NOT NULL,
	code_hash VARCHAR NOT NULL,
	PRIMARY KEY (user_id, code_hash),
	FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE TABLE login_identity (
	user_id UUID NOT NULL,
	issuer VARCHAR NOT NULL,
	email VARCHAR,
	subject VARCHAR,
	linked_by VARCHAR NOT NULL,
	linked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (user_id),
	FOREIGN KEY(user_id) REFERENCES app_user (id),
	UNIQUE (issuer, email),
	UNIQUE (issuer, subject)
);

CREATE INDEX company_name ON company (client_id, lower(name));

CREATE INDEX record_name ON record (client_id, lower(name)) WHERE ended_at IS NULL;

DROP INDEX lead_due;

CREATE INDEX lead_next ON lead (campaign_id, next_touch_at, company_id);

CREATE INDEX lead_of_stage ON lead (campaign_id, stage, next_touch_at, company_id);

CREATE INDEX review_doubt ON review_pair (client_id, abs(odds), left_id, right_id);

CREATE INDEX event_decided ON event (id) WHERE thing IN ('everything', 'queue', 'client', 'host', 'tasks', 'entry', 'task') AND verb IN ('paused', 'resumed', 'requeued', 'discarded', 'refused', 'quarantined');

CREATE POLICY sluice_open_9f998d03 ON "api_token" USING (true) WITH CHECK (true);

ALTER TABLE "api_token" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "campaign" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "campaign" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "campaign_file" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "campaign_file" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "channel_policy" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "channel_policy" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_2ced164c ON "client" USING (id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "client" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "column_map" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "column_map" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "company" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "company" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "company_chance" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "company_chance" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "company_contact" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "company_contact" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "company_key" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "company_key" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "company_link" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "company_link" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "company_score" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "company_score" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "consent" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "consent" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "contact" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "contact" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "desk_action" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "desk_action" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "disposition" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "disposition" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "disposition_file" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "disposition_file" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "event" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

CREATE POLICY sluice_added_0eecafc3 ON "event" FOR INSERT WITH CHECK (client_id IS NULL);

ALTER TABLE "event" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "export" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "export" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "export_row" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "export_row" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_shared_e16c8520 ON "fact" USING (client_id IS NULL OR client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id IS NULL OR client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "fact" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "fact_doubt" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "fact_doubt" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "failure" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

CREATE POLICY sluice_added_0eecafc3 ON "failure" FOR INSERT WITH CHECK (client_id IS NULL);

ALTER TABLE "failure" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "handover" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "handover" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "icp_version" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "icp_version" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "import" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "import" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "inbox" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "inbox" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "inbox_message" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "inbox_message" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "inbox_refusal" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "inbox_refusal" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "judgement" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "judgement" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "lead" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "lead" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "lead_answer" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "lead_answer" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "lease" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "lease" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "list" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "list" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "outcome_effect" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "outcome_effect" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "outcome_import" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "outcome_import" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "prediction_model" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "prediction_model" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "queue_entry" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "queue_entry" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "record" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "record" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "relationship" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "relationship" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_shared_e16c8520 ON "retraction" USING (client_id IS NULL OR client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id IS NULL OR client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "retraction" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "review_pair" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "review_pair" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "scoring_file" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "scoring_file" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "shared_report" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "shared_report" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "signal" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "signal" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_shared_e16c8520 ON "suppression" USING (client_id IS NULL OR client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id IS NULL OR client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "suppression" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_open_9f998d03 ON "task" USING (true) WITH CHECK (true);

ALTER TABLE "task" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_open_9f998d03 ON "user_client" USING (true) WITH CHECK (true);

ALTER TABLE "user_client" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_open_9f998d03 ON "user_default" USING (true) WITH CHECK (true);

ALTER TABLE "user_default" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "verdict" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "verdict" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "webhook" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "webhook" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "webhook_message" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "webhook_message" ENABLE ROW LEVEL SECURITY;

CREATE INDEX contact_page ON contact (client_id, id);

CREATE INDEX consent_page ON consent (client_id, id);

DROP INDEX queue_listed;

CREATE INDEX queue_not_free ON queue_entry (campaign_id, rank, fresh, entered_at, id) WHERE state = 'leased' OR state = 'ready' AND not_before IS NOT NULL;

ALTER TABLE crawl ADD COLUMN unchanged INTEGER DEFAULT '0' NOT NULL;

ALTER TABLE crawl ADD COLUMN not_before TIMESTAMP WITH TIME ZONE;

ALTER TABLE page_body ADD COLUMN packed INTEGER DEFAULT '0' NOT NULL;

ALTER TABLE page ADD COLUMN received_at TIMESTAMP WITH TIME ZONE DEFAULT '1970-01-01 00:00:00.000000' NOT NULL;

ALTER TABLE page ADD COLUMN seen_at TIMESTAMP WITH TIME ZONE DEFAULT '1970-01-01 00:00:00.000000' NOT NULL;

ALTER TABLE page ADD COLUMN replaced_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE page ADD COLUMN place INTEGER DEFAULT '0' NOT NULL;

ALTER TABLE page ADD COLUMN reading BYTEA;

ALTER TABLE page ADD COLUMN rules VARCHAR;

CREATE TABLE site (
	site VARCHAR NOT NULL,
	last_at TIMESTAMP WITH TIME ZONE NOT NULL,
	outcome VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	answered_at TIMESTAMP WITH TIME ZONE,
	failed INTEGER NOT NULL,
	failing_since TIMESTAMP WITH TIME ZONE,
	dead_at TIMESTAMP WITH TIME ZONE,
	age_days INTEGER,
	age_at TIMESTAMP WITH TIME ZONE,
	due_at TIMESTAMP WITH TIME ZONE NOT NULL,
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
	added_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (host)
);

ALTER TABLE page ADD COLUMN robots VARCHAR DEFAULT '' NOT NULL;

CREATE TABLE site_finding (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	company_id UUID NOT NULL,
	domain VARCHAR,
	band VARCHAR NOT NULL,
	odds FLOAT NOT NULL,
	reasons JSONB NOT NULL,
	lacks JSONB NOT NULL,
	denied JSONB NOT NULL,
	fact_ids JSONB NOT NULL,
	basis VARCHAR NOT NULL,
	said_by VARCHAR,
	before JSONB,
	found_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, company_id) REFERENCES company (client_id, id),
	UNIQUE (client_id, company_id)
);

CREATE INDEX site_finding_domain ON site_finding (domain);

CREATE TABLE name_look_up (
	name VARCHAR NOT NULL,
	known VARCHAR NOT NULL,
	hosts JSONB NOT NULL,
	looked_up_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (name)
);

ALTER TABLE site_finding ADD COLUMN again_at TIMESTAMP WITH TIME ZONE;

CREATE INDEX name_look_up_looked_up_at ON name_look_up (looked_up_at);

ALTER TABLE site_finding ADD COLUMN looked JSONB DEFAULT '[]' NOT NULL;

ALTER TABLE site ADD COLUMN refused INTEGER DEFAULT '0' NOT NULL;

CREATE INDEX crawl_led_away ON crawl (final_site) WHERE outcome = 'redirected_away';

ALTER TABLE site_finding ADD COLUMN pages JSONB DEFAULT '[]' NOT NULL;

ALTER TABLE page ADD COLUMN why VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE page ADD COLUMN rendering VARCHAR DEFAULT '' NOT NULL;

CREATE TABLE fact_audit (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	attribute VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	list VARCHAR NOT NULL,
	wanted INTEGER NOT NULL,
	frame INTEGER NOT NULL,
	strata INTEGER NOT NULL,
	seed BIGINT NOT NULL,
	by VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, id)
);

CREATE TABLE fact_audit_item (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	audit_id UUID NOT NULL,
	number INTEGER NOT NULL,
	fact_id UUID NOT NULL,
	company_id UUID NOT NULL,
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
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	item_id UUID NOT NULL,
	said VARCHAR NOT NULL,
	takes_back UUID,
	by VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
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
	id UUID NOT NULL,
	client_id UUID,
	source VARCHAR NOT NULL,
	country VARCHAR NOT NULL,
	attributes JSONB NOT NULL,
	state VARCHAR NOT NULL,
	budget_id UUID,
	task_id UUID,
	attempt INTEGER NOT NULL,
	price_micros BIGINT NOT NULL,
	charged_micros BIGINT NOT NULL,
	currency VARCHAR NOT NULL,
	outcome VARCHAR,
	reason VARCHAR NOT NULL,
	found JSONB NOT NULL,
	answer JSONB,
	reserved_at TIMESTAMP WITH TIME ZONE NOT NULL,
	sent_at TIMESTAMP WITH TIME ZONE,
	settled_at TIMESTAMP WITH TIME ZONE,
	fresh_until TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX source_question_budget ON source_question (budget_id) WHERE budget_id IS NOT NULL;

CREATE INDEX source_question_source ON source_question (source, settled_at);

CREATE INDEX source_question_open ON source_question (state, reserved_at) WHERE state IN ('reserved', 'sent');

CREATE TABLE source_question_key (
	source VARCHAR NOT NULL,
	holder VARCHAR NOT NULL,
	key VARCHAR NOT NULL,
	question_id UUID NOT NULL,
	PRIMARY KEY (source, holder, key),
	FOREIGN KEY(question_id) REFERENCES source_question (id)
);

CREATE INDEX source_question_key_question_id ON source_question_key (question_id);

CREATE TABLE source_turn (
	id UUID NOT NULL,
	source VARCHAR NOT NULL,
	taken_at TIMESTAMP WITH TIME ZONE NOT NULL,
	done_at TIMESTAMP WITH TIME ZONE,
	counts_until TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id)
);

CREATE INDEX source_turn_counts_until ON source_turn (counts_until);

CREATE INDEX source_turn_source ON source_turn (source, counts_until);

CREATE TABLE source_rest (
	source VARCHAR NOT NULL,
	until TIMESTAMP WITH TIME ZONE NOT NULL,
	reason VARCHAR NOT NULL,
	PRIMARY KEY (source)
);

CREATE TABLE spending_budget (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	automatic BOOLEAN NOT NULL,
	micros BIGINT NOT NULL,
	company_micros BIGINT,
	currency VARCHAR NOT NULL,
	by VARCHAR NOT NULL,
	begun_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (client_id, id)
);

CREATE UNIQUE INDEX spending_budget_automatic ON spending_budget (campaign_id) WHERE automatic AND ended_at IS NULL;

CREATE INDEX spending_budget_campaign ON spending_budget (campaign_id, ended_at) WHERE campaign_id IS NOT NULL;

CREATE TABLE spending_cap (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	campaign_id UUID,
	list_id UUID,
	period VARCHAR NOT NULL,
	micros BIGINT NOT NULL,
	currency VARCHAR NOT NULL,
	by VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, list_id) REFERENCES list (client_id, id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id),
	UNIQUE (client_id, id)
);

CREATE INDEX spending_cap_of ON spending_cap (client_id, campaign_id, list_id, period);

CREATE TABLE spending_line (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	question_id UUID NOT NULL,
	campaign_id UUID,
	budget_id UUID,
	company_id UUID,
	list_id UUID,
	why VARCHAR NOT NULL,
	micros BIGINT NOT NULL,
	currency VARCHAR NOT NULL,
	budget_micros BIGINT,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
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

ALTER TABLE fact DROP COLUMN cost_minor;

ALTER TABLE fact ADD COLUMN cost_micros BIGINT;

ALTER TABLE fact ADD COLUMN cost_currency VARCHAR;

CREATE INDEX fact_register_number ON fact (value) WHERE attribute = 'register_number';

CREATE INDEX source_question_key_key ON source_question_key (key);

CREATE INDEX spending_line_paid ON spending_line (client_id, at, budget_id, campaign_id, list_id, currency, micros, budget_micros) WHERE micros <> 0;

DROP INDEX ix_company_client_id;

CREATE TABLE company_change (
	id UUID NOT NULL,
	client_id UUID,
	companies BYTEA,
	place BIGINT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX company_change_place ON company_change (place);

CREATE TABLE verdict_pass (
	campaign_id UUID NOT NULL,
	client_id UUID NOT NULL,
	icp_version_id UUID NOT NULL,
	made_by VARCHAR NOT NULL,
	day DATE NOT NULL,
	place VARCHAR NOT NULL,
	newest UUID NOT NULL,
	PRIMARY KEY (campaign_id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, campaign_id) REFERENCES campaign (client_id, id)
);

CREATE TABLE match_model (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	version INTEGER NOT NULL,
	content VARCHAR NOT NULL,
	by VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	used_at TIMESTAMP WITH TIME ZONE,
	ended_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, version)
);

CREATE UNIQUE INDEX match_model_in_force ON match_model (client_id) WHERE used_at IS NOT NULL AND ended_at IS NULL;

CREATE TABLE unsure_pair (
	id UUID NOT NULL,
	client_id UUID NOT NULL,
	left_key VARCHAR NOT NULL,
	right_key VARCHAR NOT NULL,
	by VARCHAR NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT unsure_order CHECK (left_key < right_key),
	FOREIGN KEY(client_id) REFERENCES client (id),
	UNIQUE (client_id, left_key, right_key)
);

ALTER TABLE review_pair ADD COLUMN disagreement VARCHAR DEFAULT '' NOT NULL;

CREATE TABLE match_base (
	client_id UUID NOT NULL,
	version UUID NOT NULL,
	rests_on JSONB NOT NULL,
	records INTEGER NOT NULL,
	bits INTEGER NOT NULL,
	corpus BYTEA NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (client_id),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE TABLE match_part (
	client_id UUID NOT NULL,
	version UUID NOT NULL,
	kind VARCHAR NOT NULL,
	at INTEGER NOT NULL,
	body BYTEA NOT NULL,
	PRIMARY KEY (client_id, version, kind, at),
	FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE TABLE match_key (
	client_id UUID NOT NULL,
	key BIGINT NOT NULL,
	record_id UUID NOT NULL,
	face BIGINT NOT NULL,
	PRIMARY KEY (client_id, key, record_id),
	FOREIGN KEY(client_id) REFERENCES client (id),
	FOREIGN KEY(client_id, record_id) REFERENCES record (client_id, id)
);

CREATE INDEX match_key_of_record ON match_key (record_id);

CREATE INDEX record_unplaced ON record (client_id, id) WHERE company_id IS NULL AND ended_at IS NULL;

CREATE INDEX record_unnoticed ON record (client_id, id) WHERE ended_at IS NOT NULL AND NOT end_noticed;

CREATE INDEX verdict_of_campaign_lasts_until ON verdict (campaign_id, lasts_until) WHERE superseded_at IS NULL;

ALTER TABLE fact DROP CONSTRAINT fact_client_id_fkey;

ALTER TABLE fact ADD CONSTRAINT fact_of_client_has_owner CHECK (client_id IS NULL OR record_id IS NOT NULL OR company_id IS NOT NULL);

CREATE POLICY sluice_shared_e16c8520 ON "company_change" USING (client_id IS NULL OR client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id IS NULL OR client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "company_change" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "fact_audit" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "fact_audit" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "fact_audit_item" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "fact_audit_item" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "fact_judgement" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "fact_judgement" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "match_base" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "match_base" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "match_key" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "match_key" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "match_model" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "match_model" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "match_part" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "match_part" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "site_finding" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "site_finding" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_shared_e16c8520 ON "source_question" USING (client_id IS NULL OR client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id IS NULL OR client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "source_question" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "spending_budget" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "spending_budget" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "spending_cap" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "spending_cap" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "spending_line" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "spending_line" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "unsure_pair" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "unsure_pair" ENABLE ROW LEVEL SECURITY;

CREATE POLICY sluice_own_6866c49e ON "verdict_pass" USING (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*') WITH CHECK (client_id = ANY ((SELECT string_to_array(nullif(nullif(current_setting('sluice.clients', true), '*'), ''), ',')::uuid[])::uuid[]) OR (SELECT current_setting('sluice.clients', true)) = '*');

ALTER TABLE "verdict_pass" ENABLE ROW LEVEL SECURITY;

INSERT INTO alembic_version (version_num) VALUES ('0075');
