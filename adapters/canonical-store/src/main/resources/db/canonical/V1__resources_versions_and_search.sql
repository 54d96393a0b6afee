-- The canonical store. docs/decisions/0002-canonical-store.md says why it looks like this.

-- Numbers for resources, taken by a writer in blocks of 1000.
create sequence resource_rid increment by 1000;

-- One small row for each resource: which version is current. The content lies in its version.
create table resource (
  rid          bigint      primary key,
  last_updated timestamptz not null,
  hash         uuid        not null,   -- first half of SHA-256 of the current content
  version      integer     not null,
  deleted      boolean     not null default false,
  type         text        collate "C" not null,
  id           text        collate "C" not null
) with (fillfactor = 85);

create unique index resource_identity on resource (type, id);
create index resource_age on resource (type, rid);
create index resource_last_updated on resource (type, last_updated, rid);

-- Every version, written once, never changed. Content is JSON in UTF-8 without meta.versionId and meta.lastUpdated.
create table resource_version (
  rid          bigint      not null,
  last_updated timestamptz not null,
  version      integer     not null,
  content      bytea       not null,
  primary key (rid, version)
);

do $$
begin
  alter table resource_version alter column content set compression lz4;
exception when feature_not_supported or undefined_object or invalid_parameter_value then
  raise notice 'This PostgreSQL has no lz4; contents are compressed with pglz.';
end $$;

-- The search parameters that are indexed, numbered. Filled from search-parameters.csv after each migration.
create table parameter (
  id   smallint generated always as identity primary key,
  type text collate "C" not null,
  name text collate "C" not null,
  unique (type, name)
);

-- Tokens, texts and references of current versions. An entry that a new version keeps is not written again.
create table search_text (
  rid       bigint   not null,
  parameter smallint not null,
  value     text     collate "C" not null,
  system    text     collate "C" not null,
  primary key (parameter, value, system, rid)
);

-- Dates and periods of current versions: from low (inclusive) to high, in milliseconds since 1970-01-01T00:00Z.
create table search_date (
  rid       bigint   not null,
  low       bigint   not null,
  high      bigint   not null,
  parameter smallint not null,
  primary key (parameter, low, high, rid)
);
