-- Who looks after whom 监护. Between records, not persons: it follows when persons are merged or taken apart.
create table guardianship (
  number      bigint      primary key,
  guardian    bigint      not null,              -- record
  ward        bigint      not null,              -- record
  kind        smallint    not null,              -- Guardianship.Kind.code
  from_day    date        not null,
  until_day   date,                              -- first day it no longer holds
  recorded_by text        not null,
  recorded_at timestamptz not null,
  reason      text        not null,
  ended_by    text,
  ended_at    timestamptz,
  end_reason  text
);

create index guardianship_guardian on guardianship (guardian);
create index guardianship_ward on guardianship (ward);
