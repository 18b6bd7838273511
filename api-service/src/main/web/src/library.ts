import { refresh, write } from './dom';
import { timeLeft } from './format';
import { listen } from './live';
import { showClips } from './clips';
import { type Video, headline } from './video';

const QUIET_MS = 400;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Takes the list anew from the server, once for changes that come together. */
function refreshSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void refresh(['videos', 'total']), QUIET_MS);
}

function show(video: Video): void {
  const card = document.querySelector<HTMLElement>(`[data-video-id="${CSS.escape(video.id)}"]`);
  const firstPage = document.getElementById('videos')?.dataset['first'] === 'true';
  if (!card) {
    if (firstPage) refreshSoon();
    return;
  }
  const shown = card.dataset;
  const changed = shown['state'] !== video.state || shown['playable'] !== String(video.playable);
  if (changed || shown['poster'] !== (video.media.poster ?? '') || shown['clip'] !== (video.media.clip ?? '')) {
    refreshSoon();
    return;
  }
  const bar = card.querySelector('progress');
  if (bar) bar.value = video.progress;
  const text = card.querySelector('[data-testid="card-state"]');
  if (text && video.state === 'PROCESSING') write(text, headline(video));
  const left = card.querySelector('[data-testid="card-left"]');
  if (left) write(left, timeLeft(video.status?.etaSeconds ?? Number.NaN));
}

listen('/api/v1/events', 'video', show, refreshSoon);
showClips();
