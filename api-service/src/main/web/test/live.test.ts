import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { listen } from '../src/live';

/** The streams that are open, and a page that can be hidden. */
class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static open = 0;
  readyState = 1;

  constructor() {
    super();
    FakeSource.open++;
  }

  close(): void {
    if (this.readyState === FakeSource.CLOSED) return;
    this.readyState = FakeSource.CLOSED;
    FakeSource.open--;
  }
}

class FakePage extends EventTarget {
  hidden = false;

  turn(hidden: boolean): void {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let page: FakePage;

beforeEach(() => {
  FakeSource.open = 0;
  page = new FakePage();
  Object.assign(globalThis, { EventSource: FakeSource, document: page, window: new EventTarget() });
});

test('a page that nobody sees holds no connection and has one again when it is seen', () => {
  listen('/events', 'video', () => undefined);
  assert.equal(FakeSource.open, 1);
  page.turn(true);
  assert.equal(FakeSource.open, 0);
  page.turn(false);
  page.turn(false);
  assert.equal(FakeSource.open, 1);
});

test('a page opened behind another one waits until it is seen', () => {
  page.hidden = true;
  listen('/events', 'video', () => undefined);
  assert.equal(FakeSource.open, 0);
  page.turn(false);
  assert.equal(FakeSource.open, 1);
});

test('a stream that is needed stays open behind another window', () => {
  listen('/events', 'video', () => undefined, undefined, () => true);
  page.turn(true);
  assert.equal(FakeSource.open, 1);
});

test('a stream that was closed does not come back', () => {
  listen('/events', 'video', () => undefined).close();
  page.turn(true);
  page.turn(false);
  assert.equal(FakeSource.open, 0);
});
