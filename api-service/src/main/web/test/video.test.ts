import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Status, type Video, particulars } from '../src/video';

const status: Status = {
  stage: 'Converting the picture',
  percent: 12,
  speed: null,
  etaSeconds: 100,
  queuePlace: null,
  tracks: [],
  forecastBytes: null,
};

function processing(now: Partial<Status>): Video {
  return {
    id: 'v',
    title: 'Mill',
    description: null,
    state: 'PROCESSING',
    progress: 12,
    playable: true,
    partial: false,
    durationSeconds: 20,
    failure: null,
    media: { hls: null, live: null, mp4: null, poster: null, storyboard: null, clip: null, subtitles: [] },
    status: { ...status, ...now },
  };
}

test('a speed is told only when it does not read as standing still', () => {
  assert.equal(particulars(processing({ speed: 1.62 })), '1.6× speed · about 2 min left');
  assert.equal(particulars(processing({ speed: 0.04 })), 'about 2 min left');
});
