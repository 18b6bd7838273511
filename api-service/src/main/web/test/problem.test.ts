import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdict } from '../src/backoff';
import { Problem } from '../src/problem';

test('the detail of a problem document is the sentence', () => {
  const problem = Problem.of(413, '{"code":"upload-too-large","title":"Too large","detail":"At most 4 GB, please."}');
  assert.equal(problem.message, 'At most 4 GB, please.');
  assert.equal(problem.code, 'upload-too-large');
});

test('a known code has words of its own when the detail is missing', () => {
  assert.equal(Problem.of(507, '{"code":"storage-full"}').message, 'The server has no room left for this file.');
});

test('a refusal for want of quota is final and says what to do', () => {
  const problem = Problem.of(413, '{"code":"quota-exceeded","detail":"Of the 1 MB that this server may hold, 10 kB are left."}');
  assert.equal(problem.message, 'Of the 1 MB that this server may hold, 10 kB are left.');
  assert.equal(verdict(problem.status), 'give-up');
  assert.match(Problem.of(413, '{"code":"quota-exceeded"}').message, /Delete videos/);
});

test('too many requests are tried again when the server says', () => {
  const problem = Problem.of(429, '{"code":"too-many-requests"}', '17');
  assert.equal(verdict(problem.status), 'retry');
  assert.equal(problem.waitMs, 17_000);
});

test('a body that is no problem document still gives a sentence', () => {
  assert.equal(Problem.of(502, '<html>Bad gateway</html>').message, 'The server answered with an error (502).');
  assert.equal(Problem.of(404, 'null').message, 'This is no longer there.');
  assert.equal(Problem.of(0, '').message, 'The server cannot be reached.');
});
