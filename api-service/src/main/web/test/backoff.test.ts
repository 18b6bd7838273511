import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delayMs, verdict } from '../src/backoff';

test('a lost connection, a lock and a busy server are tried again', () => {
  for (const status of [0, 409, 423, 429, 460, 500, 503]) assert.equal(verdict(status), 'retry', String(status));
});

test('a refusal is final', () => {
  for (const status of [400, 403, 404, 410, 413, 415, 507]) assert.equal(verdict(status), 'give-up', String(status));
});

test('waits double up to half a minute and spread', () => {
  assert.deepEqual([1, 2, 3, 5, 6, 50].map((n) => delayMs(n, () => 0)), [1000, 2000, 4000, 16_000, 30_000, 30_000]);
  assert.equal(delayMs(1, () => 1), 800);
});
