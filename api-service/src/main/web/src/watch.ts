import { act, confirm, copy } from './actions';
import { announce, part, refresh, toast, write } from './dom';
import { clock } from './format';
import { listen } from './live';
import type { Player } from './player';
import { resumeAt, savePosition, savedPosition } from './position';
import { type Video, headline, particulars, settled } from './video';

const SAVE_EVERY_MS = 5000;

const root = part('watch');
const id = root.dataset['videoId'] ?? '';
const stage = part('stage');
const player = loadedPlayer();
let playable = root.dataset['playable'] === 'true';

/** The player's code is large: it is fetched once, while the page already stands. */
async function loadedPlayer(): Promise<Player> {
  const [{ Player: Made }, { bindKeys }] = await Promise.all([import('./player'), import('./player-keys')]);
  const made = new Made(part('player'), part<HTMLVideoElement>('video'), (words) => write(part('playback-note'), words));
  bindKeys(made, () => part<HTMLDialogElement>('shortcuts').showModal());
  return made;
}

async function showPlayer(video: Video | null, startNow: boolean): Promise<void> {
  const ready = await player;
  const known = Number(root.dataset['duration'] ?? 0);
  const state = video?.state ?? root.dataset['state'];
  const first = ready.video.currentTime === 0;
  const resume = first ? resumeAt(savedPosition(id), video?.durationSeconds ?? known) : 0;
  stage.classList.remove('waiting');
  ready.update(
    {
      hls: video ? video.media.hls : root.dataset['hls'] || null,
      mp4: video ? video.media.mp4 : root.dataset['mp4'] || null,
      growing: state === 'PROCESSING',
      duration: video?.durationSeconds ?? known,
      rungs: video?.status?.rungs,
    },
    resume,
  );
  if (!remembering) remember(ready, resume);
  if (startNow && !(await ready.play())) {
    toast('Playing without sound: the browser asks for a click first.', {
      label: 'Turn on sound',
      run: () => {
        ready.video.muted = false;
      },
    });
  }
}

let remembering = false;

function remember(ready: Player, resumed: number): void {
  remembering = true;
  const save = (): void => {
    if (ready.video.currentTime > 0) savePosition(id, ready.video.currentTime, ready.duration());
  };
  setInterval(() => {
    if (!ready.video.paused) save();
  }, SAVE_EVERY_MS);
  ready.video.addEventListener('pause', save);
  ready.video.addEventListener('ended', save);
  window.addEventListener('pagehide', save);
  if (resumed > 0) {
    toast(`Going on at ${clock(resumed)}.`, { label: 'Start over', run: () => ready.seek(0) });
  }
}

function follow(video: Video): void {
  const changed = video.playable !== playable || video.state !== root.dataset['state'];
  const startNow = video.playable && !playable;
  playable = video.playable;
  root.dataset['state'] = video.state;
  stage.classList.toggle('waiting', !playable);
  showStatus(video);
  if (playable) void showPlayer(video, startNow);
  if (!changed) return;
  announce(startNow ? 'The video can be played now.' : headline(video));
  void refresh(['work', 'facts', 'side-actions']).then(() => showStatus(video));
}

/** While work goes on the stream has the newest words; what stands at its end was written by the server. */
function showStatus(video: Video): void {
  if (settled(video)) return;
  write(part('status-text'), headline(video));
  write(part('status-detail'), particulars(video));
  const bar = document.querySelector<HTMLProgressElement>('[data-testid="status-progress"]');
  if (bar) bar.value = video.progress;
}

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-action]') : null;
  switch (button?.dataset['action']) {
    case 'retry':
      void act('POST', id, '/retry');
      break;
    case 'cancel':
      void confirm('Stop working on this video?', 'What is playable stays. You can take it up again later.', 'Stop').then(
        (sure) => (sure ? act('POST', id, '/cancel') : false),
      );
      break;
    case 'delete':
      void remove();
      break;
    case 'share':
      void copy(`${location.origin}${location.pathname}`).then((done) =>
        toast(done ? 'Link copied.' : `The link is ${location.origin}${location.pathname}`),
      );
      break;
    case 'shortcuts':
      part<HTMLDialogElement>('shortcuts').showModal();
      break;
    default:
  }
});

async function remove(): Promise<void> {
  const sure = await confirm('Delete this video?', 'The video and its original are removed for good.', 'Delete');
  if (sure && (await act('DELETE', id))) location.assign('/');
}

if (playable) void showPlayer(null, false);
// A settled video changes only through this page or another one: its stream still tells.
listen(`/api/v1/videos/${encodeURIComponent(id)}/events`, 'status', follow);
