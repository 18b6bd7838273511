import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowed, isAtEnd, improvement, isFinished, madeUntil, order, reach, stepTo, trackOf, untilOf } from '../src/growth';

const LIVE = '/media/v/1/live/all.m3u8';
const LISTED = '/media/v/1/live/master.m3u8';
const FINISHED = '/media/v/1/master.m3u8';

const listed = (...untils: number[]) => untils.map((until) => ({ until, segment: 2 }));

test('only a rendition that is listed two segments beyond the buffer may be played', () => {
  assert.deepEqual(allowed(listed(60, 24, 16), 10, 0), { lowest: 0, highest: 2 });
  assert.deepEqual(allowed(listed(60, 24, 16), 12.1, 0), { lowest: 0, highest: 1 });
  assert.deepEqual(allowed(listed(60, 24, 16), 20.1, 0), { lowest: 0, highest: 0 });
});

test('what may be played rises as the playlists grow', () => {
  assert.deepEqual(allowed(listed(8, 0, 0), 2, 0), { lowest: 0, highest: 0 });
  assert.deepEqual(allowed(listed(16, 16, 16), 8, 0), { lowest: 0, highest: 2 });
});

test('at the edge the rendition that leads is played, of equal ones the start rendition', () => {
  assert.deepEqual(allowed(listed(8, 4, 4), 8, 0), { lowest: 0, highest: 0 });
  assert.deepEqual(allowed(listed(8, 8, 8), 8, 0), { lowest: 0, highest: 0 });
  assert.deepEqual(allowed(listed(8, 12, 8), 12, 0), { lowest: 1, highest: 1 });
  assert.deepEqual(allowed(listed(0, 0, 0), 0, 2), { lowest: 2, highest: 2 });
});

test('what is listed to its end may be played to its end', () => {
  assert.equal(reach(58, 60), 58);
  assert.equal(reach(59.98, 60), Number.POSITIVE_INFINITY);
  assert.equal(reach(12, 0), 12);
  assert.deepEqual(allowed(listed(reach(60, 60), reach(60, 60)), 58, 0), { lowest: 0, highest: 1 });
});

test('a copied picture leads from the top: nothing below it may be played before it is there', () => {
  assert.deepEqual(allowed(listed(0, 0, 60), 0, 2), { lowest: 2, highest: 2 });
  assert.deepEqual(allowed(listed(8, 8, 60), 10, 2), { lowest: 2, highest: 2 });
  assert.deepEqual(allowed(listed(24, 24, 60), 10, 2), { lowest: 0, highest: 2 });
  assert.deepEqual(allowed(listed(100, 100, 60), 59, 2), { lowest: 0, highest: 1 });
});

test('longer segments need to be further ahead', () => {
  const copied = [
    { until: 8, segment: 2 },
    { until: 8, segment: 5 },
  ];
  assert.deepEqual(allowed(copied, 0, 1), { lowest: 0, highest: 0 });
});

const buffered = (...stretches: [number, number, number][]) =>
  stretches.map(([start, end, level]) => ({ start, end, level }));

test('what is buffered of a lower rendition is replaced when a better one is far enough ahead', () => {
  const start = buffered([0, 2, 0], [2, 12, 0], [12, 30, 0]);
  assert.equal(improvement(listed(60, 28, 28), start, 8, 2), 2);
  assert.equal(improvement(listed(60, 28, 12), start, 8, 2), 1);
  assert.equal(improvement(listed(60, 12, 12), start, 8, 2), -1);
  assert.equal(improvement(listed(60, 28, 28), start, 8, 0), -1);
});

test('little is not worth fetching anew, and what is good is left alone', () => {
  const mixed = buffered([0, 20, 2], [20, 26, 0]);
  assert.equal(improvement(listed(60, 28, 28), mixed, 8, 2), 2);
  assert.equal(improvement(listed(60, 28, 24), mixed, 8, 2), -1);
  assert.equal(improvement(listed(60, 28, 28), buffered([0, 26, 2]), 8, 2), -1);
  assert.equal(improvement(listed(60, 28, 28), [], 8, 2), -1);
});

test('a chosen rendition is played while it may be, and nothing better before that', () => {
  const span = { lowest: 0, highest: 2 };
  assert.deepEqual(order(span, -1), { level: -1, span });
  assert.deepEqual(order(span, 2), { level: 2, span });
  assert.deepEqual(order(span, 3), { level: -1, span });
  assert.deepEqual(order({ lowest: 2, highest: 2 }, 0), { level: -1, span: { lowest: 2, highest: 2 } });
  assert.deepEqual(order({ lowest: 0, highest: 2 }, 1), { level: 1, span });
});

test('tracks are known by the address of their playlist', () => {
  assert.equal(trackOf('http://host/media/v/1/live/720p.m3u8'), '720p');
  assert.equal(trackOf('http://host/media/v/1/live/audio-1.m3u8?x=1'), 'audio-1');
  assert.equal(trackOf('blob:nothing'), '');
});

test('a video can be played as far as its furthest picture, or its sound if it has none', () => {
  const tracks = [
    { name: '720p', height: 720, until: 8 },
    { name: '240p', height: 240, until: 30 },
    { name: 'audio-1', height: 0, until: 40 },
  ];
  assert.equal(madeUntil(tracks), 30);
  assert.equal(madeUntil(tracks.slice(2)), 40);
  assert.equal(madeUntil([]), 0);
  assert.equal(untilOf(tracks, '720p'), 8);
  assert.equal(untilOf(tracks, '480p'), 0);
});

test('a player begins when there is something to play', () => {
  assert.equal(stepTo(null, null, false), 'keep');
  assert.equal(stepTo(null, LIVE, false), 'load');
  assert.equal(stepTo(null, FINISHED, true), 'load');
});

test('whoever watches is left alone when the video grows and when it is finished', () => {
  assert.equal(stepTo(LIVE, LIVE, false), 'keep');
  assert.equal(stepTo(LIVE, FINISHED, true), 'keep');
  assert.equal(stepTo(LISTED, LISTED, false), 'keep');
  assert.equal(stepTo(FINISHED, '/media/v/2/master.m3u8', true), 'keep');
});

test('when the work is broken off only what there is may be played, and when it goes on all that is planned', () => {
  assert.equal(stepTo(LIVE, LISTED, false), 'load');
  assert.equal(stepTo(LISTED, LIVE, false), 'load');
});

test('a set that is made anew is taken up, one that is gone is left', () => {
  assert.equal(stepTo(LIVE, '/media/v/2/live/all.m3u8', false), 'load');
  assert.equal(stepTo(LIVE, null, false), 'stop');
});

test('only playlists that do not grow are those of a finished video', () => {
  assert.equal(isFinished({ hls: FINISHED, live: null }), true);
  assert.equal(isFinished({ hls: LISTED, live: null }), false);
  assert.equal(isFinished({ hls: LISTED, live: LIVE }), false);
  assert.equal(isFinished({ hls: null, live: null }), false);
});

test('a video is at its end when its last seconds are played and buffered, however picture and sound end', () => {
  assert.equal(isAtEnd(20.1, 20, 20.03), true);
  assert.equal(isAtEnd(20.1, 17, 20.03), false);
  assert.equal(isAtEnd(20.1, 15.5, 16), false);
  assert.equal(isAtEnd(20.1, 20.03, 20.03), false);
});
