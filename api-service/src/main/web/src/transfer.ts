import * as tus from 'tus-js-client';
import { askedMs, delayMs, verdict } from './backoff';
import { Problem } from './problem';

export const ENDPOINT = '/api/v1/uploads';
const CHUNK = 16 * 1024 * 1024;
const AT_ONCE = 256 * 1024;

/** What a transfer tells its owner. */
export interface Listener {
  /** Bytes that have left, of `total`. */
  progress(sent: number, total: number): void;
  /** Nothing can be sent now; the next try comes in so many milliseconds. `asked` if the server asked for the wait. */
  interrupted(retryInMs: number, asked: boolean): void;
  /** The server no longer had what was sent before: all is sent anew. */
  restarted(): void;
  /** All bytes are safe; the id of the video they became, if the server told it. */
  done(videoId: string | null): void;
  failed(problem: Problem): void;
}

/** One file on its way, whichever it is. */
export interface Sending {
  /** Starts, or goes on where this file stopped. */
  start(): Promise<void>;
  /** Stops sending; what has arrived stays. */
  pause(): Promise<void>;
  /** Ends the upload and lets the server forget what has arrived. */
  cancel(): Promise<void>;
}

/** One file on its way to the server by tus. It survives lost connections and, through the browser's storage, reloads. */
export class Transfer implements Sending {
  readonly #file: File;
  readonly #listener: Listener;
  readonly #metadata: Record<string, string>;
  #upload: tus.Upload;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #restarted = false;

  constructor(file: File, metadata: Record<string, string>, listener: Listener) {
    this.#file = file;
    this.#metadata = metadata;
    this.#listener = listener;
    this.#upload = this.#create();
    window.addEventListener('online', () => {
      if (this.#timer !== undefined) this.#again(0);
    });
  }

  /** Starts, or goes on where this file stopped, in this page or in an earlier one. */
  async start(): Promise<void> {
    if (this.#upload.url === null) {
      const [earlier] = (await this.#upload.findPreviousUploads()).sort((a, b) =>
        b.creationTime.localeCompare(a.creationTime),
      );
      if (earlier) this.#upload.resumeFromPreviousUpload(earlier);
    }
    this.#upload.start();
  }

  /** Stops sending; what has arrived stays. */
  async pause(): Promise<void> {
    this.#stopWaiting();
    await this.#upload.abort();
  }

  /** Ends the upload and lets the server forget what has arrived. */
  async cancel(): Promise<void> {
    this.#stopWaiting();
    await this.#upload.abort(true).catch(() => undefined);
  }

  #create(): tus.Upload {
    return new tus.Upload(this.#file, {
      endpoint: ENDPOINT,
      chunkSize: CHUNK,
      metadata: this.#metadata,
      // An upload has an address only once its creation is answered: what is longer on its way must not depend on it.
      uploadDataDuringCreation: this.#file.size <= AT_ONCE,
      removeFingerprintOnSuccess: true,
      // Retries are decided here, so that every wait can be told and the `online` event cuts it short.
      retryDelays: null,
      onProgress: (sent, total) => this.#listener.progress(sent, total),
      onChunkComplete: () => {
        this.#attempt = 0;
      },
      onSuccess: ({ lastResponse }) => this.#listener.done(lastResponse.getHeader('Millrace-Video-Id') ?? null),
      onError: (error) => this.#onError(error),
    });
  }

  #onError(error: Error | tus.DetailedError): void {
    const response = 'originalResponse' in error ? error.originalResponse : null;
    const status = response?.getStatus() ?? 0;
    if ((status === 404 || status === 410) && !this.#restarted) {
      this.#restarted = true;
      this.#upload = this.#create();
      this.#listener.restarted();
      this.#upload.start();
    } else if (verdict(status) === 'retry') {
      this.#attempt++;
      this.#again(delayMs(this.#attempt), askedMs(response?.getHeader('Retry-After')));
    } else {
      this.#listener.failed(Problem.of(status, response?.getBody() ?? ''));
    }
  }

  #again(usual: number, asked = 0): void {
    this.#stopWaiting();
    const delay = usual + asked;
    if (delay > 0) this.#listener.interrupted(delay, asked > 0);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#upload.start();
    }, delay);
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** An upload that an earlier page began and that the server still holds. */
export interface Unfinished {
  readonly name: string;
  readonly size: number;
  readonly offset: number;
  forget(): Promise<void>;
}

/** Uploads begun in this browser that can go on once the same file is chosen again; expired ones are forgotten. */
export async function unfinished(): Promise<Unfinished[]> {
  const storage = tus.defaultOptions.urlStorage;
  const found: Unfinished[] = [];
  for (const upload of await storage.findAllUploads()) {
    if (upload.uploadUrl === null || upload.size === null) continue;
    const answer = await fetch(upload.uploadUrl, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } }).catch(
      () => null,
    );
    if (answer === null) continue;
    const offset = Number(answer.headers.get('Upload-Offset'));
    if (!answer.ok || offset >= upload.size) {
      await storage.removeUpload(upload.urlStorageKey);
      continue;
    }
    const url = upload.uploadUrl;
    found.push({
      name: upload.metadata['filename'] ?? 'A file',
      size: upload.size,
      offset,
      forget: async () => {
        await storage.removeUpload(upload.urlStorageKey);
        await tus.Upload.terminate(url).catch(() => undefined);
      },
    });
  }
  return found;
}
