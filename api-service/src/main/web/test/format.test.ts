import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, clock, percent, soon, timeLeft, times } from '../src/format';

test('bytes are told in decimal units with at most one digit', () => {
  assert.equal(bytes(0), '0 B');
  assert.equal(bytes(999), '999 B');
  assert.equal(bytes(1000), '1.0 KB');
  assert.equal(bytes(999_949), '1.0 MB');
  assert.equal(bytes(12_345_678), '12.3 MB');
  assert.equal(bytes(123_456_789), '123 MB');
  assert.equal(bytes(5_000_000_000_000_000), '5000 TB');
});

test('a clock has hours only when there are any', () => {
  assert.equal(clock(0), '0:00');
  assert.equal(clock(65.9), '1:05');
  assert.equal(clock(3723), '1:02:03');
  assert.equal(clock(Number.POSITIVE_INFINITY), '0:00');
});

test('the time left is coarse and never says zero', () => {
  assert.equal(timeLeft(0), 'a few seconds left');
  assert.equal(timeLeft(31), 'about 40 s left');
  assert.equal(timeLeft(58), 'about 1 min left');
  assert.equal(timeLeft(200), 'about 3 min left');
  assert.equal(timeLeft(3569), 'about 59 min left');
  assert.equal(timeLeft(3600), 'about 1 h left');
  assert.equal(timeLeft(5400), 'about 1 h 30 min left');
  assert.equal(timeLeft(Number.NaN), '');
});

test('a hundred percent is shown only when all is done', () => {
  assert.equal(percent(99.99), '99 %');
  assert.equal(percent(100), '100 %');
  assert.equal(percent(-3), '0 %');
  assert.equal(percent(Number.NaN), '0 %');
});

test('speeds and waits are short', () => {
  assert.equal(times(0.42), '0.4×');
  assert.equal(times(12.3), '12×');
  assert.equal(soon(400), 'in 1 s');
  assert.equal(soon(30_000), 'in 30 s');
});
