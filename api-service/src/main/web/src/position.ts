const PREFIX = 'millrace.position.';
const KEEP = 100;

/** Where to go on in a video, or 0 to start at the beginning: neither its first nor its last seconds are worth it. */
export function resumeAt(saved: number | null, duration: number): number {
  if (saved === null || !Number.isFinite(saved) || saved < 5) return 0;
  const tail = Math.min(15, duration * 0.05);
  return duration > 0 && saved > duration - tail ? 0 : saved;
}

/** The position remembered for this video in this browser, in seconds. */
export function savedPosition(id: string): number | null {
  try {
    const value = localStorage.getItem(PREFIX + id);
    return value === null ? null : Number(value.split(' ')[0]);
  } catch {
    return null;
  }
}

/** Remembers a position; a position not worth going on from is forgotten. */
export function savePosition(id: string, position: number, duration: number): void {
  try {
    if (resumeAt(position, duration) === 0) {
      localStorage.removeItem(PREFIX + id);
      return;
    }
    localStorage.setItem(PREFIX + id, `${position.toFixed(1)} ${Date.now()}`);
    forgetOldest();
  } catch {
    // A full or forbidden storage costs only the convenience.
  }
}

function forgetOldest(): void {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  if (keys.length <= KEEP) return;
  const age = (key: string): number => Number(localStorage.getItem(key)?.split(' ')[1] ?? 0);
  keys.sort((a, b) => age(a) - age(b));
  for (const key of keys.slice(0, keys.length - KEEP)) localStorage.removeItem(key);
}
