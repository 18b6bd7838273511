import { refresh, write } from './dom';
import { listen } from './live';
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
  if (changed || (video.media.poster !== null && shown['poster'] === 'false')) {
    refreshSoon();
    return;
  }
  const bar = card.querySelector('progress');
  if (bar) bar.value = video.progress;
  const text = card.querySelector('[data-testid="card-state"]');
  if (text && video.state === 'PROCESSING') write(text, headline(video));
}

listen('/api/v1/events', 'video', show, refreshSoon);
