import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Focus, actionFor, nextRate } from '../src/keys';
import { resumeAt } from '../src/position';
import { Qualities } from '../src/quality';

const quality = (height: number) => ({ id: `${height}`, width: (height * 16) / 9, height, bitrate: height * 1000 });
const press = (key: string, focus: Focus = 'page', ctrlKey = false) =>
  actionFor({ key, ctrlKey, metaKey: false, altKey: false }, focus);

test('a chosen quality survives a new playlist that still has it', () => {
  const qualities = new Qualities();
  qualities.replace([quality(240), quality(480)]);
  assert.equal(qualities.length, 2);
  assert.equal(qualities[1]?.height, 480);
  qualities.selectedIndex = 1;
  qualities.replace([quality(240), quality(360), quality(480)]);
  assert.equal(qualities.selectedIndex, 2);
  qualities.replace([quality(240)]);
  assert.equal(qualities.selectedIndex, -1);
  assert.equal(qualities[1], undefined);
});

test('playing goes on where it stopped, but not in the first or last seconds', () => {
  assert.equal(resumeAt(null, 100), 0);
  assert.equal(resumeAt(3, 100), 0);
  assert.equal(resumeAt(50, 100), 50);
  assert.equal(resumeAt(97, 100), 0);
  assert.equal(resumeAt(3590, 3600), 0);
  assert.equal(resumeAt(3580, 3600), 3580);
  assert.equal(resumeAt(Number.NaN, 100), 0);
});

test('keys act on the player from anywhere on the page', () => {
  assert.deepEqual(press('k'), { do: 'toggle' });
  assert.deepEqual(press(' '), { do: 'toggle' });
  assert.deepEqual(press('J'), { do: 'seek', by: -10 });
  assert.deepEqual(press('ArrowRight'), { do: 'seek', by: 5 });
  assert.deepEqual(press('7'), { do: 'jump', to: 0.7 });
  assert.deepEqual(press('>'), { do: 'rate', by: 1 });
  assert.deepEqual(press(','), { do: 'step', by: -1 });
  assert.deepEqual(press('.'), { do: 'step', by: 1 });
  assert.deepEqual(press('c'), { do: 'captions' });
  assert.equal(press('x'), null);
});

test('keys that belong to someone else are left alone', () => {
  assert.equal(press('k', 'typing'), null);
  assert.equal(press(' ', 'control'), null);
  assert.equal(press('ArrowUp', 'page'), null);
  assert.equal(press('ArrowLeft', 'menu'), null);
  assert.equal(press('f', 'page', true), null);
  assert.equal(press('ArrowLeft', 'slider'), null);
  assert.deepEqual(press(' ', 'slider'), { do: 'toggle' });
  assert.deepEqual(press('ArrowUp', 'player'), { do: 'volume', by: 0.05 });
});

test('speeds stay between a quarter and twice', () => {
  assert.equal(nextRate(1, 1), 1.25);
  assert.equal(nextRate(0.25, -1), 0.25);
  assert.equal(nextRate(2, 1), 2);
  assert.equal(nextRate(1.1, -1), 1);
});
