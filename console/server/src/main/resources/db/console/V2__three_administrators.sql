-- Three administrators that stand apart, passwords that age, a second factor, sessions that follow the account.
alter table console.account
  -- Grows with every change that ends sessions and remembered logins. Begins with the clock: an account that was removed and
  -- made again is another one.
  add column generation              bigint      not null default (extract(epoch from clock_timestamp()) * 1000)::bigint,
  add column password_changed_at     timestamptz not null default now(),
  add column one_time_password       boolean     not null default false,  -- counts for nothing but changing it
  add column second_factor           bytea,                               -- secret of RFC 6238, sealed
  add column second_factor_confirmed boolean     not null default false,
  add column second_factor_step      bigint      not null default 0,      -- the last step a code was taken of: none counts twice
  add constraint account_one_administrator check (
    cardinality(string_to_array(roles, ' '))
      - cardinality(array_remove(array_remove(array_remove(string_to_array(roles, ' '),
          'ADMINISTRATOR'), 'SECURITY_ADMINISTRATOR'), 'AUDIT_ADMINISTRATOR')) <= 1);

-- Hashes of passwords that were replaced, so that none of the last ones comes back.
create table console.former_password (
  id            bigint generated always as identity primary key,
  account       text   not null references console.account on delete cascade,
  password_hash text   not null
);
create index former_password_of_account on console.former_password (account, id);

-- Ten codes that each count once in the place of a code of the second factor. 80 random bits each, so a plain digest is enough.
create table console.recovery_code (
  account text not null references console.account on delete cascade,
  digest  text not null,                                                   -- SM3 of account and code
  primary key (account, digest)
);
