alter table replay
  add column selected integer not null default 0,
  add column up_to    bigint  not null default 0;   -- no message above this number belongs to it: children do not
