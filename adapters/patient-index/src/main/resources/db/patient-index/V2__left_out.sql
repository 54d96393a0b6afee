-- What could not be indexed: it waits here to be looked at and tried again, and nobody waits for it.
create table left_out (
  type     text        not null,                 -- Patient or Linkage
  id       text        collate "C" not null,     -- of the resource
  version  integer     not null,                 -- that was tried last
  at       timestamptz not null,                 -- when it was tried last
  attempts integer     not null,
  cause    text        not null,                 -- code, class and place; nobody's data
  primary key (type, id)
);
