-- Who may use the console and the API. Passwords are bcrypt hashes; nothing here can be read back.
create table console.account (
  name            text        primary key,
  password_hash   text        not null,
  roles           text        not null,                -- Role names, separated by a blank
  enabled         boolean     not null default true,
  failed_attempts integer     not null default 0,      -- since the last success
  locked_until    timestamptz,
  created_at      timestamptz not null default now(),
  changed_at      timestamptz not null default now(),  -- password, roles or enabled
  constraint account_name check (name ~ '^[a-z][a-z0-9._-]{1,62}$')
);
