-- What is held is added up whenever an upload is let in, and for metrics: these indexes hold all that is needed, so that
-- a large library is not read whole.

create index published_by_size on published (size_bytes);
create index video_by_space on video (state, source_dropped_at, source_bytes);
