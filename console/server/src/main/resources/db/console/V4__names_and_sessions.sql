-- What people are called, when they logged in last, and their sessions: seen and ended one by one, from every node.
alter table console.account
  add column display_name  text not null default '',
  add column last_login_at timestamptz;              -- the last time that its password, and its code, were verified

create table console.session (
  id         uuid        primary key,                -- of this table alone: not what the browser's cookie holds
  account    text        not null references console.account on delete cascade,
  generation bigint      not null,                   -- of the account at the login; when that has another, this has ended
  address    text        not null,
  since      timestamptz not null default now(),
  seen_at    timestamptz not null default now()      -- written at most once a minute
);
create index session_of_account on console.session (account);
