-- The journal. PostgreSQL is the truth: a message is acknowledged only when its row here is durable.
-- Message numbers are time-ordered and carry their day (see MessageIds), so a number alone finds its partition.
-- Tables with received_on are partitioned by day; dropping a day's partitions is the pruning.

create table node (
  name         text        primary key,
  started_at   timestamptz not null,
  heartbeat_at timestamptz not null
);

-- Who does what only one node may do at a time: a destination's queue, a dead node's work.
create table lease (
  name  text        primary key,
  node  text        not null,
  until timestamptz not null
);

create table message (
  id               bigint      not null,
  received_on      date        not null,
  received_at      timestamptz not null,
  node             text        not null,   -- who works on it; changes when another node takes over
  feed             text        not null,   -- the bundle route it came in by, for example hospital-adt-to-district.receive-adt
  format           text        not null,   -- hl7v2:message
  charset          text        not null,
  sender           text        not null,
  receiver         text        not null,
  control_id       text        not null,
  type             text        not null,   -- ADT^A01
  version          text        not null,
  patient_id       text        not null,   -- value^assigner
  visit_id         text        not null,
  sent_at          text        not null,   -- as written
  source           text        not null,
  state            smallint    not null,   -- MessageState.code
  attempts         smallint    not null default 0,
  acknowledge_when smallint    not null,
  parent_id        bigint,                 -- the message this one replays
  error_code       text,                   -- TM-…: the first issue of a refusal or the cause of parking
  issues           text,                   -- one line an issue, no patient data
  raw_length       integer     not null,
  settled_at       timestamptz,
  primary key (id, received_on)
) partition by range (received_on) with (fillfactor = 80);

create index message_patient on message (patient_id, id);
create index message_control on message (control_id, id);
create index message_unsettled on message (node, id) where state in (1, 2);
create index message_problem on message (state, id) where state in (5, 6);

create table message_body (
  id          bigint not null,
  received_on date   not null,
  raw         bytea  not null,
  primary key (id, received_on)
) partition by range (received_on);

-- Idempotency by (sender, receiver, control id): the key is the first 16 bytes of SHA-256 over them.
create table message_key (
  key        uuid   primary key,
  digest     uuid   not null,               -- of the raw bytes: same key, other content is a reuse, not a duplicate
  message_id bigint not null
);

-- The outbox: what changed, written with the change.
create table event (
  message_id  bigint      not null,
  received_on date        not null,
  occurred_at timestamptz not null,
  topic       text        not null,
  event       text        not null,
  patient_key text        not null,
  resources   text        not null,         -- "Patient/abc/3 Encounter/def/1"
  primary key (message_id, received_on)
) partition by range (received_on);

create table delivery (
  message_id      bigint      not null,
  received_on     date        not null,
  destination     text        not null,     -- <bundle>.<route> of the delivering route
  patient_key     text        not null,     -- one key is never delivered twice at a time
  state           smallint    not null,     -- DeliveryState.code
  attempts        integer     not null default 0,
  batch_id        bigint,                   -- deliveries that travel in one file keep its number across a crash
  next_attempt_at timestamptz,
  cause_code      text,                     -- TM-… of the last failure
  cause           text,                     -- one line, no patient data
  settled_at      timestamptz,
  primary key (message_id, destination, received_on)
) partition by range (received_on) with (fillfactor = 70);

create index delivery_open on delivery (destination, message_id) where state in (1, 2);
create index delivery_parked on delivery (destination, cause_code, message_id) where state = 4;

-- Counters, incremented in the transaction they count; sums answer /api/journal/stats without a scan.
create table counter (
  day    date   not null,
  node   text   not null,
  metric text   not null,
  value  bigint not null,
  primary key (day, node, metric)
);

-- A replay of a selection: runs in order, throttled, stoppable; survives a restart.
create table replay (
  id          bigint      primary key,
  requested_at timestamptz not null,
  requested_by text       not null,
  selection   text        not null,         -- JSON of the selection
  per_second  integer     not null,
  state       smallint    not null,         -- ReplayState.code
  position    bigint      not null default 0,
  replayed    integer     not null default 0,
  node        text        not null
);
