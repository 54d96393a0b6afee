-- Uploaded tables, by version. A version names every uploaded table in force with it; contents are kept once.
create table version (
  number   bigint      primary key check (number > 0),   -- one more than the version it was made from
  at       timestamptz not null default now(),
  by       text        not null,
  reason   text        not null check (reason <> ''),
  files    text[]      not null,                          -- what the change was about
  restores bigint      not null default -1                -- the version that came back into force, or -1
);

create table content (
  digest bytea primary key,   -- SHA-256 of the text in UTF-8
  text   text  not null
);

create table version_table (
  version bigint not null references version,
  path    text   not null,    -- code-systems/x.csv
  digest  bytea  not null references content,
  primary key (version, path)
);

-- Codes that had no row in a map: a count for each, never a row for each message.
create table unmapped (
  sender      text        not null,
  concept_map text        not null,
  code        text        not null,   -- empty: not kept
  count       bigint      not null,
  first_seen  timestamptz not null default now(),
  last_seen   timestamptz not null default now(),
  primary key (sender, concept_map, code)
);

create index unmapped_count on unmapped (count desc);
