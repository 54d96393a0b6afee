-- Networks an account logged in from in the last thirty days: its lock does not hold there.
create table console.known_place (
  account  text        not null references console.account (name) on delete cascade,
  network  text        not null,
  at       timestamptz not null,           -- of the last login, by a day
  failures integer     not null default 0, -- from there since
  primary key (account, network));
