import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rate } from '../src/rate';

test('a steady transfer has a steady speed and a right estimate', () => {
  const rate = new Rate(8000);
  for (let second = 0; second <= 20; second++) rate.add(second * 1_000_000, second * 1000);
  assert.equal(rate.perSecond(), 1_000_000);
  assert.equal(rate.secondsTo(30_000_000), 10);
});

test('nothing is said before half a second has been seen', () => {
  const rate = new Rate();
  rate.add(0, 0);
  rate.add(100, 200);
  assert.equal(rate.perSecond(), null);
  assert.equal(rate.secondsTo(1000), null);
});

test('what lies before the window no longer counts', () => {
  const rate = new Rate(4000);
  rate.add(0, 0);
  rate.add(10_000_000, 1000);
  for (let second = 2; second <= 10; second++) rate.add(10_000_000 + (second - 1) * 1000, second * 1000);
  assert.equal(rate.perSecond(), 1000);
});

test('a count that falls starts anew', () => {
  const rate = new Rate();
  rate.add(5000, 0);
  rate.add(0, 1000);
  rate.add(1000, 2000);
  assert.equal(rate.perSecond(), 1000);
});

test('a transfer that stands still has no estimate', () => {
  const rate = new Rate();
  rate.add(10, 0);
  rate.add(10, 3000);
  assert.equal(rate.perSecond(), 0);
  assert.equal(rate.secondsTo(100), null);
});
