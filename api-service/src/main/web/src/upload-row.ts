import { announce, part, stamp, toast, write } from './dom';
import { bytes, percent, soon, timeLeft } from './format';
import { Problem, request } from './problem';
import type { Queue } from './queue';
import { Rate } from './rate';
import type { Listener, Sending } from './transfer';
import { type Video, api, headline, page, particulars, settled } from './video';

type Phase = 'waiting' | 'sending' | 'interrupted' | 'paused' | 'failed' | 'done' | 'gone';

/** How a video is to be made, in the words that uploads say it with. */
export interface Wishes {
  readonly preset: string;
  readonly normalise: string;
}

/** A way by which files are sent. */
export type Way = new (file: File, metadata: Record<string, string>, listener: Listener) => Sending;

/** One file of the upload page, from the line to the finished video. */
export class UploadRow implements Listener {
  readonly element = stamp('upload-row');
  readonly #file: File;
  readonly #queue: Queue<UploadRow>;
  readonly #rate = new Rate();
  readonly #onVideo: (id: string) => void;
  readonly #wishes: Wishes;
  readonly #way: Way;
  #sentTitle: string;
  #transfer: Sending | null = null;
  #phase: Phase = 'waiting';
  #videoId: string | null = null;

  /**
   * @param wishes how its video is to be made
   * @param way by which it is sent
   * @param onVideo is told the id of the video once all bytes are safe
   */
  constructor(file: File, wishes: Wishes, way: Way, queue: Queue<UploadRow>, onVideo: (id: string) => void) {
    this.#file = file;
    this.#way = way;
    this.#wishes = wishes;
    this.#queue = queue;
    this.#onVideo = onVideo;
    this.#sentTitle = titleOf(file.name);
    this.#title().value = this.#sentTitle;
    write(part('upload-size', this.element), bytes(file.size));
    this.#on('upload-pause', () => void this.#pause());
    this.#on('upload-resume', () => this.enqueue());
    this.#on('upload-cancel', () => void this.#cancel());
    this.#on('upload-remove', () => this.#leave());
    this.#title().addEventListener('change', () => void this.#rename());
  }

  /** The video that the file became, once the server has told. */
  get videoId(): string | null {
    return this.#videoId;
  }

  /** True while leaving the page would interrupt it. */
  get busy(): boolean {
    return this.#phase === 'sending' || this.#phase === 'waiting' || this.#phase === 'interrupted';
  }

  /** Waits for a turn to send; an empty file gets its answer at once. */
  enqueue(): void {
    if (this.#file.size === 0) {
      this.failed(new Problem(0, 'empty-file', 'This file is empty.'));
      return;
    }
    this.#show('waiting', 'Waiting for its turn');
    this.#queue.join(this);
  }

  start(): void {
    this.#rate.reset();
    this.#show('sending', 'Starting…');
    if (this.#transfer === null) {
      this.#sentTitle = this.#title().value.trim() || this.#sentTitle;
      this.#transfer = new this.#way(
        this.#file,
        { filename: this.#file.name, title: this.#sentTitle, ...this.#wishes },
        this,
      );
    }
    void this.#transfer.start();
  }

  progress(sent: number, total: number): void {
    if (this.#phase !== 'sending' && this.#phase !== 'interrupted') return;
    this.#rate.add(sent, performance.now());
    const speed = this.#rate.perSecond();
    const left = this.#rate.secondsTo(total);
    const words = [percent((sent / total) * 100)];
    if (speed !== null) words.push(`${bytes(speed)}/s`);
    if (left !== null) words.push(timeLeft(left));
    this.#bar().value = (sent / total) * 100;
    this.#show('sending', sent >= total ? 'All sent. The server is making it safe…' : words.join(' · '));
  }

  interrupted(retryInMs: number, asked: boolean): void {
    this.#rate.reset();
    const why = asked ? 'The server is busy' : 'Connection lost';
    this.#show('interrupted', `${why}. Nothing is lost: trying again ${soon(retryInMs)}.`);
  }

  restarted(): void {
    this.#rate.reset();
    this.#show('sending', 'The server no longer has the first part. Sending it again…');
  }

  failed(problem: Problem): void {
    this.#queue.leave(this);
    this.#show('failed', problem.message);
  }

  done(videoId: string | null): void {
    this.#queue.leave(this);
    this.#videoId = videoId;
    this.#bar().value = 100;
    this.#show('done', 'Uploaded. Work on it begins…');
    if (videoId === null) return;
    const link = part<HTMLAnchorElement>('upload-link', this.element);
    link.href = page(videoId);
    link.hidden = false;
    this.element.dataset['videoId'] = videoId;
    void this.#rename();
    this.#onVideo(videoId);
  }

  /** Shows what becomes of the video. */
  follow(video: Video): void {
    this.element.dataset['state'] = video.state;
    this.#bar().value = settled(video) ? 100 : video.progress;
    this.#bar().hidden = settled(video);
    const detail = particulars(video);
    write(part('upload-status', this.element), detail === '' ? headline(video) : `${headline(video)} · ${detail}`);
    write(part('upload-link', this.element), video.playable ? 'Watch' : 'Open');
  }

  async #pause(): Promise<void> {
    this.#show('paused', `Paused at ${percent(this.#bar().value)}`);
    this.#queue.leave(this);
    await this.#transfer?.pause();
  }

  async #cancel(): Promise<void> {
    this.#leave();
    await this.#transfer?.cancel();
  }

  #leave(): void {
    this.#phase = 'gone';
    this.#queue.leave(this);
    this.element.remove();
  }

  /** A title written while the file was on its way is given to the video as soon as there is one. */
  async #rename(): Promise<void> {
    const title = this.#title().value.trim();
    if (this.#videoId === null || title === '' || title === this.#sentTitle) return;
    try {
      await request('PATCH', api(this.#videoId), { title });
      this.#sentTitle = title;
    } catch (problem) {
      toast(problem instanceof Problem ? problem.message : 'The title was not saved.');
    }
  }

  #show(phase: Phase, words: string): void {
    if (this.#phase === 'gone') return;
    if (this.#phase !== phase) announce(`${this.#title().value}: ${words}`);
    this.#phase = phase;
    this.element.dataset['phase'] = phase;
    write(part('upload-status', this.element), words);
    this.#button('upload-pause').hidden = !(phase === 'sending' || phase === 'interrupted' || phase === 'waiting');
    this.#button('upload-resume').hidden = !(phase === 'paused' || phase === 'failed');
    this.#button('upload-cancel').hidden = phase === 'done' || phase === 'failed';
    this.#button('upload-remove').hidden = !(phase === 'done' || phase === 'failed');
    write(this.#button('upload-resume'), phase === 'failed' ? 'Try again' : 'Resume');
  }

  #title(): HTMLInputElement {
    return part<HTMLInputElement>('upload-title', this.element);
  }

  #bar(): HTMLProgressElement {
    return part<HTMLProgressElement>('upload-progress', this.element);
  }

  #button(name: string): HTMLButtonElement {
    return part<HTMLButtonElement>(name, this.element);
  }

  #on(name: string, act: () => void): void {
    this.#button(name).addEventListener('click', act);
  }
}

/** A file's name as a title: without its ending, underscores as spaces. */
export function titleOf(name: string): string {
  const bare = name.replace(/\.[A-Za-z0-9]{1,5}$/, '').replaceAll('_', ' ').trim();
  return bare === '' ? name : bare;
}
