import { delayMs, verdict } from './backoff';
import { Parts } from './parts';
import { Problem, request } from './problem';
import type { Listener, Sending } from './transfer';

const ENDPOINT = '/api/v1/direct-uploads';
const AT_ONCE = 3;
const TRIES_OF_ADDRESS = 4;

interface Told {
  readonly id: string;
  readonly length: number;
  readonly partBytes: number;
  readonly parts: number;
  readonly sent: readonly { readonly number: number }[];
  readonly video?: string | null;
}

interface Address {
  readonly number: number;
  readonly url: string;
}

/** One file on its way straight to the store, in parts. It survives lost connections and, by the browser's storage, reloads. */
export class DirectTransfer implements Sending {
  readonly #file: File;
  readonly #metadata: Record<string, string>;
  readonly #listener: Listener;
  readonly #key: string;
  readonly #running = new Set<XMLHttpRequest>();
  #parts: Parts | null = null;
  #round = 0;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(file: File, metadata: Record<string, string>, listener: Listener) {
    this.#file = file;
    this.#metadata = metadata;
    this.#listener = listener;
    this.#key = `millrace-direct/${file.name}/${file.size}/${file.lastModified}`;
    window.addEventListener('online', () => {
      if (this.#timer !== undefined) this.#again(0);
    });
  }

  /** Starts, or goes on with what has not arrived, in this page or an earlier one. */
  async start(): Promise<void> {
    const round = ++this.#round;
    this.#stopWaiting();
    try {
      const told = (await this.#earlier()) ?? (await this.#announce());
      if (told.video) {
        this.#end(told.video);
        return;
      }
      const parts = new Parts(told.length, told.partBytes, told.parts);
      parts.reset(told.sent.map((part) => part.number));
      this.#parts = parts;
      const queue = parts.missing();
      await Promise.all(Array.from({ length: AT_ONCE }, () => this.#sendAll(round, told.id, parts, queue)));
      if (round !== this.#round) return;
      const done: Told = await (await request('POST', `${ENDPOINT}/${told.id}/complete`)).json();
      this.#end(done.video ?? null);
    } catch (problem) {
      if (round === this.#round) this.#failed(problem);
    }
  }

  /** Stops sending; parts that have arrived stay. */
  async pause(): Promise<void> {
    this.#stop();
  }

  /** Ends the upload and lets the server forget what has arrived. */
  async cancel(): Promise<void> {
    this.#stop();
    const id = localStorage.getItem(this.#key);
    localStorage.removeItem(this.#key);
    if (id !== null) await request('DELETE', `${ENDPOINT}/${id}`).catch(() => undefined);
  }

  async #earlier(): Promise<Told | null> {
    const id = localStorage.getItem(this.#key);
    if (id === null) return null;
    try {
      return await (await request('GET', `${ENDPOINT}/${id}`)).json();
    } catch (problem) {
      if (!(problem instanceof Problem) || (problem.status !== 404 && problem.status !== 410)) throw problem;
      localStorage.removeItem(this.#key);
      this.#listener.restarted();
      return null;
    }
  }

  async #announce(): Promise<Told> {
    const { filename, ...wishes } = this.#metadata;
    const wish = { fileName: filename, length: this.#file.size, ...wishes };
    const told: Told = await (await request('POST', ENDPOINT, wish)).json();
    localStorage.setItem(this.#key, told.id);
    return told;
  }

  async #sendAll(round: number, id: string, parts: Parts, queue: number[]): Promise<void> {
    for (let number = queue.shift(); number !== undefined; number = queue.shift()) {
      if (round !== this.#round) return;
      await this.#sendPart(id, parts, number);
      this.#attempt = 0;
    }
  }

  /** An address that has run out is asked for anew: the store answers 403 then. */
  async #sendPart(id: string, parts: Parts, number: number): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const addresses: Address[] = await (
        await request('POST', `${ENDPOINT}/${id}/addresses`, { parts: [number] })
      ).json();
      const status = await this.#put(addresses[0]?.url ?? '', parts, number);
      if (status >= 200 && status < 300) {
        parts.arrived(number);
        this.#tell();
        return;
      }
      parts.lost(number);
      if (status !== 403 || attempt === TRIES_OF_ADDRESS) {
        throw status === 0 ? Problem.of(0, '') : new Problem(status, null, `The store did not take the file (${status}).`);
      }
    }
  }

  #put(url: string, parts: Parts, number: number): Promise<number> {
    return new Promise((resolve) => {
      const { from, to } = parts.span(number);
      // Not fetch, which does not tell how much has left.
      const put = new XMLHttpRequest();
      put.open('PUT', url);
      put.upload.addEventListener('progress', (event) => {
        parts.progress(number, event.loaded);
        this.#tell();
      });
      put.addEventListener('loadend', () => {
        this.#running.delete(put);
        resolve(put.status);
      });
      this.#running.add(put);
      put.send(this.#file.slice(from, to));
    });
  }

  #tell(): void {
    if (this.#parts !== null) this.#listener.progress(this.#parts.bytesSent(), this.#file.size);
  }

  #end(video: string | null): void {
    localStorage.removeItem(this.#key);
    this.#listener.done(video);
  }

  #failed(problem: unknown): void {
    this.#stop();
    if (problem instanceof Problem && verdict(problem.status) === 'give-up') {
      this.#listener.failed(problem);
      return;
    }
    this.#attempt++;
    this.#again(delayMs(this.#attempt), problem instanceof Problem ? problem.waitMs : 0);
  }

  #again(usual: number, asked = 0): void {
    this.#stopWaiting();
    const delay = usual + asked;
    if (delay > 0) this.#listener.interrupted(delay, asked > 0);
    this.#timer = setTimeout(() => void this.start(), delay);
  }

  #stop(): void {
    this.#round++;
    this.#stopWaiting();
    for (const put of this.#running) put.abort();
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
