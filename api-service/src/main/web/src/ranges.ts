/** Time ranges as media elements have them. */
type Ranges = Pick<TimeRanges, 'length' | 'start' | 'end'>;

/** Where the range ends that a position lies in: how far playing can go on; the position itself if it lies in none. */
export function endFrom(ranges: Ranges, position: number): number {
  for (let index = 0; index < ranges.length; index++) {
    if (ranges.start(index) <= position + 0.1 && ranges.end(index) > position) return ranges.end(index);
  }
  return position;
}

/** Where the last range ends; 0 if there is none. */
export function lastEnd(ranges: Ranges): number {
  return ranges.length > 0 ? ranges.end(ranges.length - 1) : 0;
}
