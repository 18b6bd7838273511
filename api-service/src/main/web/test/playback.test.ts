import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remembered, wanted } from '../src/captions';
import { endFrom, lastEnd } from '../src/ranges';
import { Sounds } from '../src/sounds';
import { StallClock } from '../src/stalls';

const english = { label: 'English', language: 'en', url: '/en.vtt' };
const signs = { label: 'Signs', language: null, url: '/signs.vtt' };

test('subtitles are off until somebody has chosen some', () => {
  assert.equal(remembered({ getItem: () => null }), null);
  assert.equal(remembered({ getItem: () => 'off' }), null);
  assert.equal(remembered({ getItem: () => 'en' }), 'en');
  assert.equal(wanted([english, signs], null), null);
});

test('subtitles are known by language, or else by name', () => {
  assert.equal(wanted([english, signs], 'en'), english);
  assert.equal(wanted([english, signs], 'Signs'), signs);
  assert.equal(wanted([english, signs], 'fr'), null);
});

test('a storage that is forbidden costs only the memory', () => {
  const forbidden = {
    getItem: () => {
      throw new Error('denied');
    },
  };
  assert.equal(remembered(forbidden), null);
});

test('standing still is a stall, but not at the start, on the way or at the end', () => {
  const clock = new StallClock();
  clock.on('waiting', 0);
  clock.on('playing', 100);
  assert.deepEqual(clock.counts, { stalls: 0, stalledMs: 0 });
  clock.on('waiting', 1000);
  clock.on('waiting', 1100);
  clock.on('playing', 1500);
  assert.deepEqual(clock.counts, { stalls: 1, stalledMs: 500 });
  clock.on('seeking', 2000);
  clock.on('waiting', 2010);
  clock.on('playing', 2200);
  clock.on('ended', 3000);
  assert.deepEqual(clock.counts, { stalls: 1, stalledMs: 500 });
});

test('a stall that somebody ends by pausing has lasted until then', () => {
  const clock = new StallClock();
  clock.on('playing', 0);
  clock.on('waiting', 1000);
  clock.on('pause', 3000);
  assert.deepEqual(clock.counts, { stalls: 1, stalledMs: 2000 });
});

test('a person chooses one of the sounds there are', () => {
  const chosen: string[] = [];
  const sounds = new Sounds((id) => chosen.push(id));
  let changes = 0;
  sounds.addEventListener('addtrack', () => changes++);
  const list = [
    { id: '0', label: 'English', language: 'en' },
    { id: '1', label: 'French', language: 'fr' },
  ];
  sounds.show(list, '0');
  sounds.show(list, '0');
  assert.equal(changes, 1);
  assert.deepEqual(
    [...sounds].map((sound) => sound.enabled),
    [true, false],
  );
  for (const sound of sounds) sound.enabled = sound.id === '1';
  assert.deepEqual(chosen, ['1']);
  sounds.show(list, '1');
  assert.equal(changes, 1);
  sounds.show(list.slice(0, 1), '0');
  assert.equal(sounds.length, 1);
});

const ranges = (...list: [number, number][]) => ({
  length: list.length,
  start: (index: number) => list[index]?.[0] ?? 0,
  end: (index: number) => list[index]?.[1] ?? 0,
});

test('playing can go on to the end of the range it is in', () => {
  assert.equal(endFrom(ranges([0, 10], [20, 30]), 5), 10);
  assert.equal(endFrom(ranges([0, 10], [20, 30]), 19.95), 30);
  assert.equal(endFrom(ranges([0, 10], [20, 30]), 15), 15);
  assert.equal(endFrom(ranges(), 3), 3);
  assert.equal(lastEnd(ranges([0, 10], [20, 30])), 30);
  assert.equal(lastEnd(ranges()), 0);
});
