import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Parts } from '../src/parts';

test('parts cover the file, the last one with what is left', () => {
  const parts = new Parts(25, 10, 3);
  assert.deepEqual([1, 2, 3].map((number) => parts.span(number)), [
    { from: 0, to: 10 },
    { from: 10, to: 20 },
    { from: 20, to: 25 },
  ]);
});

test('what has arrived is missing no longer, and what was lost is again', () => {
  const parts = new Parts(25, 10, 3);
  parts.reset([2]);
  assert.deepEqual(parts.missing(), [1, 3]);
  parts.progress(1, 4);
  assert.equal(parts.bytesSent(), 14);
  parts.lost(1);
  assert.equal(parts.bytesSent(), 10);
  parts.arrived(3);
  assert.deepEqual(parts.missing(), [1]);
  assert.equal(parts.bytesSent(), 15);
});

test('no more has left than the file has, whatever the browser counts', () => {
  const parts = new Parts(25, 10, 3);
  parts.reset([1, 2]);
  parts.progress(3, 900);
  assert.equal(parts.bytesSent(), 25);
});
