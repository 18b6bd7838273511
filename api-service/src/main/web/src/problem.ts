import { askedMs } from './backoff';

/** A problem document (RFC 9457) as the API sends it. */
export interface ProblemDocument {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly status?: number;
}

const OWN_WORDS: Readonly<Record<string, string>> = {
  'upload-too-large': 'This file is larger than this server accepts.',
  'storage-full': 'The server has no room left for this file.',
  'quota-exceeded': 'The server may not hold this file as well. Delete videos to make room.',
  'upload-not-found': 'This upload has expired. Start it again.',
};

const BY_STATUS: Readonly<Record<number, string>> = {
  0: 'The server cannot be reached.',
  401: 'Please sign in first.',
  403: 'You are not allowed to do this.',
  404: 'This is no longer there.',
  409: 'This has changed in the meantime. Reload the page and try again.',
  413: 'This file is larger than this server accepts.',
  429: 'Too many requests. Wait a moment and try again.',
  503: 'The server is busy. Try again in a moment.',
  507: 'The server has no room left for this file.',
};

/** An answer of the API that is not a success, with a sentence for the person. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string | null,
    sentence: string,
    /** How long the server asks to wait before another try; 0 if it did not ask. */
    readonly waitMs = 0,
  ) {
    super(sentence);
    this.name = 'Problem';
  }

  /** Reads an answer's status, body and `Retry-After`; whatever they are, the result has a sentence. */
  static of(status: number, body: string, retryAfter: string | null = null): Problem {
    const document = parse(body);
    const code = document.code ?? null;
    const known = code === null ? undefined : OWN_WORDS[code];
    const words = document.detail ?? known ?? BY_STATUS[status] ?? document.title;
    return new Problem(status, code, words ?? `The server answered with an error (${status}).`, askedMs(retryAfter));
  }
}

/** Sends a request to the API; answers that are not a success become a {@link Problem}. */
export async function request(method: string, path: string, body?: unknown): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw Problem.of(0, '');
  }
  if (!response.ok) throw Problem.of(response.status, await response.text(), response.headers.get('Retry-After'));
  return response;
}

function parse(body: string): ProblemDocument {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
