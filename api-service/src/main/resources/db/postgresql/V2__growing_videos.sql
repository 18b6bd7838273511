-- Videos that are played while they are made: parts of results, what a plan has decided, what it must not try again.

alter table video add column preset            text    not null default 'BALANCED';
alter table video add column normalise         boolean not null default false;
alter table video add column one_piece         boolean not null default false;
alter table video add column no_copy           boolean not null default false;
alter table video add column plan_version      integer not null default 1;
alter table video add column outline           text;
alter table video add column inits             text    not null default '{}';
alter table video add column growing_since     bigint;
alter table video add column ready_at          bigint;
alter table video add column source_dropped_at bigint;
alter table video add column poster_seconds    double precision;

alter table upload add column preset    text    not null default 'BALANCED';
alter table upload add column normalise boolean not null default false;

alter table task add column urgency   smallint not null default 2;
alter table task add column optional  boolean  not null default false;
alter table task add column bytes     bigint   not null default 0;
alter table task add column span_from bigint;
alter table task add column span_to   bigint;
update task set optional = true where kind in ('preview', 'download');
drop index task_to_dispatch;
create index task_to_dispatch on task (state, lane, urgency, owner, created_at, ordinal);

create table part (
  task_id    text    not null references task (id) on delete cascade,
  seq        integer not null,
  attempt_id text    not null,
  track      text    not null,
  created_at bigint  not null,
  primary key (task_id, seq)
);

alter table published add column sha256 text;
alter table published add column detail text;
