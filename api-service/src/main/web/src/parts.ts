/** A file as its parts, numbered from 1, all of one length but the last. */
export class Parts {
  readonly #progress = new Map<number, number>();
  readonly #sent = new Set<number>();

  constructor(
    readonly fileBytes: number,
    readonly partBytes: number,
    readonly count: number,
  ) {}

  /** Where a part begins and ends in the file. */
  span(number: number): { readonly from: number; readonly to: number } {
    const from = (number - 1) * this.partBytes;
    return { from, to: Math.min(this.fileBytes, from + this.partBytes) };
  }

  /** Takes what the server has for sent; everything else is missing. */
  reset(sent: Iterable<number>): void {
    this.#sent.clear();
    this.#progress.clear();
    for (const number of sent) this.#sent.add(number);
  }

  /** The parts that are missing, in order. */
  missing(): number[] {
    return Array.from({ length: this.count }, (_, index) => index + 1).filter((number) => !this.#sent.has(number));
  }

  /** Notes how much of a part is on its way. */
  progress(number: number, bytes: number): void {
    this.#progress.set(number, bytes);
  }

  /** Notes that a part has arrived. */
  arrived(number: number): void {
    this.#progress.delete(number);
    this.#sent.add(number);
  }

  /** Notes that a part has to be sent again. */
  lost(number: number): void {
    this.#progress.delete(number);
  }

  /** Bytes of the file that have left; never more than it has. */
  bytesSent(): number {
    let bytes = 0;
    for (const number of this.#sent) bytes += this.span(number).to - this.span(number).from;
    for (const sent of this.#progress.values()) bytes += sent;
    return Math.min(bytes, this.fileBytes);
  }
}
