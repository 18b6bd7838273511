import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Queue, type Turn } from '../src/queue';

const started: string[] = [];
const turn = (name: string): Turn => ({ start: () => started.push(name) });

test('no more than the limit run, and the others follow in order', () => {
  started.length = 0;
  const queue = new Queue(2);
  const [a, b, c, d] = [turn('a'), turn('b'), turn('c'), turn('d')];
  for (const each of [a, b, c, d]) queue.join(each);
  assert.deepEqual(started, ['a', 'b']);
  queue.leave(c);
  queue.leave(a);
  assert.deepEqual(started, ['a', 'b', 'd']);
});

test('joining twice is joining once', () => {
  started.length = 0;
  const queue = new Queue(1);
  const [a, b] = [turn('a'), turn('b')];
  queue.join(a);
  queue.join(a);
  queue.join(b);
  queue.join(b);
  queue.leave(a);
  queue.leave(b);
  assert.deepEqual(started, ['a', 'b']);
});
