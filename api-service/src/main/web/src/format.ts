const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** A number of bytes in words, decimal units: `1.4 GB`. */
export function bytes(count: number): string {
  let value = Math.max(0, count);
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** A position or length in seconds as a clock: `4:05`, `1:02:03`. */
export function clock(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0;
  const h = Math.floor(whole / 3600);
  const m = Math.floor((whole % 3600) / 60);
  const s = String(whole % 60).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/** A remaining time in words, coarse on purpose so that it does not flicker: `about 3 min left`. */
export function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '';
  if (seconds < 10) return 'a few seconds left';
  if (seconds < 55) return `about ${Math.ceil(seconds / 10) * 10} s left`;
  if (seconds < 3570) return `about ${Math.max(1, Math.round(seconds / 60))} min left`;
  const minutes = Math.round(seconds / 300) * 5;
  const rest = minutes % 60;
  return `about ${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`} left`;
}

/** A wait in words: `in 5 s`, `in 2 min`. */
export function soon(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  return seconds < 60 ? `in ${seconds} s` : `in ${Math.round(seconds / 60)} min`;
}

/** A percentage as it is shown: whole, and 100 only when it is really done. */
export function percent(value: number): string {
  const held = Math.min(100, Math.max(0, Number.isFinite(value) ? value : 0));
  return `${held >= 100 ? 100 : Math.min(99, Math.floor(held))} %`;
}

/** How many times faster than playback: `2.1×`. */
export function times(speed: number): string {
  return `${speed >= 9.95 ? Math.round(speed) : speed.toFixed(1)}×`;
}
