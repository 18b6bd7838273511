/** What a failed transfer calls for: another try, or words for the person. */
export type Verdict = 'retry' | 'give-up';

const RETRYABLE = new Set([0, 408, 409, 423, 425, 429, 460, 500, 502, 503, 504]);

/** Judges an HTTP status; 0 means that no answer came. 460 is tus' checksum mismatch: the bytes were hurt on the way. */
export function verdict(status: number): Verdict {
  return RETRYABLE.has(status) ? 'retry' : 'give-up';
}

/** The wait that an answer asks for by its `Retry-After` in seconds; 0 if it asks for none. */
export function askedMs(retryAfter: string | null | undefined): number {
  const seconds = Number(retryAfter ?? '');
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 600) * 1000 : 0;
}

/** The wait before try number `attempt` (from 1): 1, 2, 4 … 30 s, less up to a fifth so that many clients spread. */
export function delayMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(30_000, 1000 * 2 ** Math.max(0, attempt - 1));
  return Math.round(full * (1 - 0.2 * random()));
}
