-- Failures and begun second factors that end by themselves.
alter table console.account
  add column failed_at              timestamptz,  -- the last failure: a day after it, and after its lock, it counts no more
  add column second_factor_begun_at timestamptz;  -- a secret is to be confirmed within ten minutes
