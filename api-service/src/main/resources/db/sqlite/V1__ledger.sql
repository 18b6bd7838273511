-- The ledger: what is known of videos, uploads, tasks and attempts. Times are milliseconds since 1970-01-01 UTC.

create table video (
  id              text    primary key,
  owner           text    not null,
  title           text    not null,
  description     text    not null,
  file_name       text    not null,
  state           text    not null,
  failure_code    text,
  failure_message text,
  source_key      text    not null,
  source_bytes    integer not null,
  facts           text,
  packets         text,
  grid            text,
  width           integer,
  height          integer,
  duration        real,
  partial         integer not null,
  remarks         text    not null,
  building_set    integer not null,
  published_set   integer,
  encoder         text,
  progress        real    not null,
  created_at      integer not null,
  updated_at      integer not null,
  version         integer not null
);
create index video_by_age on video (owner, created_at desc, id);

create table upload (
  id          text    primary key,
  owner       text    not null,
  length      integer not null,
  metadata    text    not null,
  file_name   text    not null,
  title       text    not null,
  created_at  integer not null,
  expires_at  integer not null,
  video_id    text    not null,
  done        integer not null,
  version     integer not null
);
create index upload_by_expiry on upload (expires_at);

create table task (
  id                 text    primary key,
  video_id           text    not null references video (id) on delete cascade,
  owner              text    not null,
  set_number         integer not null,
  ordinal            integer not null,
  name               text    not null,
  kind               text    not null,
  lane               text    not null,
  state              text    not null,
  weight             real    not null,
  fraction           real    not null,
  work               text    not null,
  result             text,
  strategy           text    not null,
  offers             integer not null,
  transient_failures integer not null,
  tricky_failures    integer not null,
  not_before         integer not null,
  reserved_until     integer,
  offered_at         integer,
  attempt_id         text,
  attempt_offer      integer,
  worker_id          text,
  lease_until        integer,
  failure_code       text,
  failure_detail     text,
  created_at         integer not null,
  updated_at         integer not null,
  version            integer not null,
  unique (video_id, set_number, name)
);
create index task_to_dispatch on task (state, lane, owner, created_at, ordinal);
create index task_by_lease on task (state, lease_until);

create table task_need (
  task_id  text    not null references task (id) on delete cascade,
  needs_id text    not null references task (id) on delete cascade,
  ordinal  integer not null,
  primary key (task_id, needs_id)
);
create index task_need_by_need on task_need (needs_id);

create table attempt (
  id           text    primary key,
  task_id      text    not null references task (id) on delete cascade,
  video_id     text    not null,
  worker_id    text    not null,
  offer        integer not null,
  state        text    not null,
  cause        text,
  cpu_seconds  real,
  wall_seconds real,
  started_at   integer not null,
  ended_at     integer
);
create index attempt_by_task on attempt (task_id, started_at);

create table published (
  video_id   text    not null references video (id) on delete cascade,
  set_number integer not null,
  name       text    not null,
  kind       text    not null,
  object_key text    not null,
  size_bytes integer not null,
  width      integer not null,
  height     integer not null,
  track      text,
  primary key (video_id, set_number, name)
);

create table history (
  id       integer primary key autoincrement,
  video_id text    not null references video (id) on delete cascade,
  task_id  text,
  at       integer not null,
  what     text    not null,
  detail   text
);
create index history_by_video on history (video_id, id);

create table garbage (
  id         text    primary key,
  object_key text    not null,
  due_at     integer not null
);
create index garbage_by_due on garbage (due_at);

create table duty (
  name       text    primary key,
  holder     text    not null,
  held_until integer not null
);
