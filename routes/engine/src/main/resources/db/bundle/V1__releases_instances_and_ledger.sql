-- The life of route bundles (docs/decisions/0012). Digests are SM3 over the files, 64 hexadecimal digits.

-- What was taken in. Never changes.
create table bundle_release (
  digest    text primary key,
  bundle    text not null,
  version   text not null,
  title     text not null,
  author    text not null,           -- who signed it; empty in development mode
  content   bytea not null,          -- the zip, with signature.json
  taken_at  timestamptz not null default now()
);
create index bundle_release_by_bundle on bundle_release (bundle, taken_at);

-- What is to run: one row an instance, <bundle> or <bundle>.<tenant>.
create table bundle_instance (
  instance    text primary key,
  bundle      text not null,
  tenant      text not null,         -- empty where the bundle is deployed once
  state       text not null,         -- BundleState
  stable      text not null references bundle_release,
  canary      text references bundle_release,
  rule        text not null,         -- CanaryRule as JSON, empty without a canary
  generation  bigint not null        -- one more with every decision
);

-- Every decision, written in the transaction that changes the instance.
create table bundle_ledger (
  id          bigint generated always as identity primary key,
  at          timestamptz not null default now(),
  instance    text not null,
  generation  bigint not null,
  decision    text not null,         -- BundleDecision
  decided_by  text not null,
  node        text not null,
  state_from  text not null,
  state_to    text not null,
  digest_from text not null,         -- stable before; empty when there was none
  digest_to   text not null,         -- stable after; of a canary the canary
  figures     text not null          -- JSON: what it rests on
);
create index bundle_ledger_by_instance on bundle_ledger (instance, id);

-- What each node runs, in its own words.
create table bundle_node (
  node        text not null,
  instance    text not null,
  generation  bigint not null,
  condition   text not null,         -- RunCondition
  stable      text not null,
  canary      text not null,
  issues      text not null,         -- one a line
  at          timestamptz not null default now(),
  primary key (node, instance)
);

-- Districts and hospitals that bundles with "tenants": "each" are deployed for.
create table bundle_tenant (
  name                text primary key,
  title               text not null,
  settings            text not null,   -- JSON: values by key
  secrets             bytea not null,  -- the same, sealed with SM4-GCM, bound to the name
  messages_per_second int not null,    -- 0 for as many as come
  deliveries_at_once  int not null,    -- 0 for as many as there are
  overlay             text not null,   -- JSON: *.map.yaml by name
  revision            bigint not null  -- one more with every change
);
