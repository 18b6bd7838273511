import { bytes, percent, timeLeft, times } from './format';
import { request } from './problem';

export type VideoState = 'PROCESSING' | 'READY' | 'FAILED' | 'REJECTED' | 'CANCELLED';

/** A video as `GET /api/v1/videos/{id}` and every event stream tell it. */
export interface Video {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly state: VideoState;
  readonly progress: number;
  readonly playable: boolean;
  readonly partial: boolean;
  readonly durationSeconds: number | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly media: Media;
  readonly status: Status | null;
}

/** Where a video's media are; each is null until there is something. */
export interface Media {
  readonly hls: string | null;
  readonly live: string | null;
  readonly mp4: string | null;
  readonly poster: string | null;
  readonly storyboard: string | null;
  readonly clip: string | null;
  readonly subtitles: readonly Subtitles[];
}

/** Subtitles to choose. */
export interface Subtitles {
  readonly label: string;
  readonly language: string | null;
  readonly url: string;
}

/** What is being done to a video right now. */
export interface Status {
  readonly stage: string | null;
  readonly percent: number;
  readonly speed: number | null;
  readonly etaSeconds: number | null;
  readonly queuePlace: number | null;
  /** While playlists grow: how far each rendition and sound is listed, in seconds. */
  readonly tracks: readonly { readonly name: string; readonly height: number; readonly until: number }[];
  /** What it will need at most, in bytes; null if nothing is being made or it is not known. */
  readonly forecastBytes: number | null;
}

/** The address of a video in the API. */
export function api(id: string): string {
  return `/api/v1/videos/${encodeURIComponent(id)}`;
}

/** The page where a video is watched. */
export function page(id: string): string {
  return `/watch/${encodeURIComponent(id)}`;
}

/** Asks for a video's present state. */
export async function fetchVideo(id: string): Promise<Video> {
  return (await (await request('GET', api(id))).json()) as Video;
}

/** True once nothing more will happen to the video by itself. */
export function settled(video: Video): boolean {
  return video.state !== 'PROCESSING';
}

/** One short line about the video's state: `Encoding · 42 %`. */
export function headline(video: Video): string {
  switch (video.state) {
    case 'READY':
      return video.partial ? 'Ready, but not complete' : 'Ready';
    case 'FAILED':
      return 'Failed';
    case 'REJECTED':
      return 'Not accepted';
    case 'CANCELLED':
      return 'Cancelled';
    case 'PROCESSING':
      return `${video.status?.stage ?? 'Processing'} · ${percent(video.progress)}`;
  }
}

/** Slower than this it would read as standing still. */
const LEAST_SPEED = 0.05;

/** The numbers behind the state, in words: `2.1× speed · about 3 min left · needs up to 1.2 GB`; empty when there are none. */
export function particulars(video: Video): string {
  const status = video.status;
  if (video.state !== 'PROCESSING' || !status) return video.failure?.message ?? '';
  const words: string[] = [];
  if (status.queuePlace !== null && status.queuePlace > 0) words.push(place(status.queuePlace));
  if (status.speed !== null && status.speed >= LEAST_SPEED) words.push(`${times(status.speed)} speed`);
  if (status.etaSeconds !== null) words.push(timeLeft(status.etaSeconds));
  if (status.forecastBytes !== null && status.forecastBytes > 0) words.push(`needs up to ${bytes(status.forecastBytes)}`);
  return words.filter((word) => word !== '').join(' · ');
}

function place(queuePlace: number): string {
  return queuePlace === 1 ? 'next in the queue' : `number ${queuePlace} in the queue`;
}
