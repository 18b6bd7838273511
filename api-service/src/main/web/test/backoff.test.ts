import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedMs, delayMs, verdict } from '../src/backoff';

test('a lost connection, a lock and a busy server are tried again', () => {
  for (const status of [0, 409, 423, 429, 460, 500, 503]) assert.equal(verdict(status), 'retry', String(status));
});

test('a refusal is final', () => {
  for (const status of [400, 403, 404, 410, 413, 415, 507]) assert.equal(verdict(status), 'give-up', String(status));
});

test('a wait that the server asks for is kept, within reason, and whatever else it says is none', () => {
  assert.deepEqual(['17', '3', '999999'].map(askedMs), [17_000, 3000, 600_000]);
  for (const none of [null, undefined, '', '-5', 'Wed, 21 Oct 2026 07:28:00 GMT']) assert.equal(askedMs(none), 0);
});

test('waits double up to half a minute and spread', () => {
  assert.deepEqual([1, 2, 3, 5, 6, 50].map((n) => delayMs(n, () => 0)), [1000, 2000, 4000, 16_000, 30_000, 30_000]);
  assert.equal(delayMs(1, () => 1), 800);
});
