-- The journal. PostgreSQL is the truth: a message is acknowledged only when its row here is durable.
-- Message numbers are time-ordered and carry their day (see MessageIds), so a number alone finds its partition.
-- Tables with received_on are partitioned by day (UTC+8); dropping a day's partitions is the pruning.
-- Partitions are made by Partitions.java, which also gives them their fill factor.

create table node (
  name         text        primary key,
  number       smallint    not null unique check (number between 0 and 63),  -- part of every message number it gives
  run          uuid        not null,   -- which process holds the name; a newer one fences the older
  started_at   timestamptz not null,
  heartbeat_at timestamptz not null
);

-- Who does what only one node may do at a time: a destination's queue, a dead node's work.
create table lease (
  name  text        primary key,
  node  text        not null,
  until timestamptz not null
);

-- The day a message number belongs to.
create function message_day(id bigint) returns date language sql immutable parallel safe strict
  return date '2024-01-01' + ((id >> 22) / 86400)::integer;

create table message (
  id               bigint      not null,
  received_on      date        not null,   -- message_day(id)
  received_at      timestamptz not null,
  node             text        not null,   -- who works on it; changes when another node takes over
  feed             text        not null,   -- the bundle route it came in by, for example hospital-adt-to-district.receive-adt
  format           text        not null,   -- hl7v2:message
  charset          text        not null,
  sender           text        not null collate "C",
  receiver         text        not null collate "C",
  control_id       text        not null collate "C",
  type             text        not null collate "C",   -- ADT^A01
  version          text        not null,
  patient_id       text        not null collate "C",   -- value^assigner; collation C: a prefix is an index range
  visit_id         text        not null collate "C",
  sent_at          text        not null,   -- as written
  source           text        not null,
  state            smallint    not null,   -- MessageState.code
  attempts         smallint    not null default 0,
  acknowledge_when smallint    not null,   -- 1 processed, 2 accepted
  parent_id        bigint,                 -- the message this one replays
  error_code       text,                   -- TM-…: the first issue of a refusal or the cause of parking
  issues           text,                   -- one line an issue, no patient data
  raw_length       integer     not null,
  settled_at       timestamptz,
  primary key (id, received_on)
) partition by range (received_on);

create index message_patient on message (patient_id, id);
create index message_control on message (control_id, id);
create index message_unsettled on message (node, id) where state in (1, 2);
create index message_problem on message (state, id) where state in (5, 6);
create index message_parent on message (parent_id) where parent_id is not null;

create table message_body (
  id          bigint not null,
  received_on date   not null,
  raw         bytea  not null,
  primary key (id, received_on)
) partition by range (received_on);

-- Idempotency by (sender, receiver, control id): the key is the first 16 bytes of SHA-256 over them. A control id used
-- again for other content is another message, noted as a reuse; the digest is of the bytes without the time of sending.
create table message_key (
  key        uuid   not null,
  digest     uuid   not null,
  message_id bigint not null,
  primary key (key, digest)
);

create index message_key_message on message_key (message_id);

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
) partition by range (received_on);

create index delivery_open on delivery (destination, message_id) where state in (1, 2);
create index delivery_parked on delivery (destination, cause_code, message_id) where state = 4;

-- Counters, incremented in the transaction they count; sums answer /api/journal/stats without a scan.
-- Every committing thread has a row of its own, so that none waits for another's commit.
create table counter (
  day    date   not null,
  node   text   not null,
  writer text   not null,
  metric text   not null,
  value  bigint not null,
  primary key (day, node, writer, metric)
) with (fillfactor = 20);

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
