-- The master patient index 患者主索引. docs/decisions/0006-patient-index.md says why it looks like this.

-- Numbers of records, persons, operations and candidates.
create sequence number;

-- One row for each Patient of the canonical data, with what is compared of it. The Patient itself stays where it is.
create table record (
  number     bigint   primary key,
  person     bigint   not null,                 -- whose record it is: the number of its first record, or one of its own
  version    integer  not null,                 -- of the Patient that was indexed; 0 for one that was only named
  state      smallint not null,                 -- IndexedRecord.State.code
  patient_id text     collate "C" not null,
  links      text     not null,                 -- what its sender said last, separated by blanks
  traits     text     not null,                 -- JSON
  keys       bigint[] not null
) with (fillfactor = 90);

create unique index record_patient on record (patient_id);
create index record_person on record (person);

-- Under which keys an active record is found.
create table key (
  key    bigint not null,
  record bigint not null,
  primary key (key, record)
);

-- What moved records from person to person. Never changed, except for who took it back.
create table operation (
  number    bigint      primary key,
  at        timestamptz not null,
  kind      smallint    not null,               -- IndexOperation.Kind.code
  by        text        not null,
  reason    text        not null,
  verdict   text,                               -- JSON
  undoes    bigint      not null,
  undone_by bigint      not null
);

create table move (
  operation   bigint not null,
  record      bigint not null,
  from_person bigint not null,
  to_person   bigint not null,
  primary key (operation, record)
);

create index move_record on move (record, operation);
create index move_from on move (from_person, operation);
create index move_to on move (to_person, operation);

-- Pairs that a person must decide or has decided.
create table review (
  number     bigint      primary key,
  first      bigint      not null,              -- the smaller number of the two records
  second     bigint      not null,
  state      smallint    not null,              -- Review.State.code
  score      real        not null,
  grade      smallint    not null,
  created_at timestamptz not null,
  verdict    text,                              -- JSON
  decided_at timestamptz,
  decided_by text,
  reason     text,
  unique (first, second)
);

create index review_second on review (second);
create index review_queue on review (state, grade, score desc, number);

-- What senders say of two records apart from the records (FHIR Linkage; HL7 A24, A37), so that each is followed once.
create table statement (
  linkage_id text    collate "C" primary key,
  version    integer not null                   -- of the Linkage that was followed
);

-- How far somebody who feeds the index came.
create table follower (
  name     text primary key,
  position text not null
);
