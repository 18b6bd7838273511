import { act, confirm, copy } from './actions';
import { announce, part, refresh, toast, write } from './dom';
import { clock } from './format';
import { type Source, isFinished } from './growth';
import { listen } from './live';
import type { Player } from './player';
import { resumeAt, savePosition, savedPosition } from './position';
import { type Video, headline, particulars, settled } from './video';

const SAVE_EVERY_MS = 5000;
/** Parts of the page that only the server can write; the report tells more with every task that is done. */
const WRITTEN = ['work', 'facts', 'side-actions', 'report'];

const root = part('watch');
const id = root.dataset['videoId'] ?? '';
const stage = part('stage');
const video = part<HTMLVideoElement>('video');
const player = loadedPlayer();
let playable = root.dataset['playable'] === 'true';
let shownMedia = '';

/** The player's code is large: it is fetched once, while the page already stands. */
async function loadedPlayer(): Promise<Player> {
  const [{ Player: Made }, { bindKeys }] = await Promise.all([import('./player'), import('./player-keys')]);
  const made = new Made(part('player'), video, (words) => write(part('playback-note'), words));
  bindKeys(made, () => part<HTMLDialogElement>('shortcuts').showModal());
  return made;
}

/** What the page itself says of the video, until the event stream says more. */
function sourceOfPage(): Source {
  const tracks = [...video.querySelectorAll('track')];
  return {
    hls: root.dataset['hls'] || null,
    live: root.dataset['live'] || null,
    mp4: root.dataset['mp4'] || null,
    duration: Number(root.dataset['duration'] ?? 0),
    tracks: [],
    subtitles: tracks
      .filter((track) => track.kind === 'subtitles')
      .map((track) => ({
        label: track.label,
        language: track.srclang || null,
        url: track.getAttribute('src') ?? '',
      })),
    storyboard: tracks.find((track) => track.kind === 'metadata')?.getAttribute('src') ?? null,
  };
}

function sourceOf(told: Video): Source {
  const { hls, live, mp4, subtitles, storyboard } = told.media;
  return { hls, live, mp4, subtitles, storyboard, duration: told.durationSeconds ?? 0, tracks: told.status?.tracks ?? [] };
}

async function showPlayer(source: Source, startNow: boolean): Promise<void> {
  const ready = await player;
  const first = ready.video.currentTime === 0;
  // What grows begins at its beginning; what is finished goes on where this browser has left it.
  const resume = first && !startNow ? resumeAt(savedPosition(id), source.duration) : 0;
  stage.classList.remove('waiting');
  ready.update(source, isFinished(source) ? resume : 0);
  if (!remembering) remember(ready, isFinished(source) ? resume : 0);
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

function follow(told: Video): void {
  const media = JSON.stringify(told.media);
  const moved = told.playable !== playable || told.state !== root.dataset['state'];
  const changed = moved || (shownMedia !== '' && media !== shownMedia);
  const startNow = told.playable && !playable;
  playable = told.playable;
  shownMedia = media;
  root.dataset['state'] = told.state;
  stage.classList.toggle('waiting', !playable);
  showStatus(told);
  showPoster(told);
  void showIfPlayable(told, startNow);
  if (!changed) return;
  if (moved) announce(startNow ? 'The video can be played now.' : headline(told));
  void refreshWritten().then(() => showStatus(told));
}

async function showIfPlayable(told: Video, startNow: boolean): Promise<void> {
  if (playable) await showPlayer(sourceOf(told), startNow);
  else (await player).update(sourceOf(told), 0);
}

/** Takes what the server writes anew, and leaves open what the person has opened. */
async function refreshWritten(): Promise<void> {
  const open = document.querySelector('#report details')?.hasAttribute('open') ?? false;
  await refresh(WRITTEN);
  document.querySelector('#report details')?.toggleAttribute('open', open);
}

/** While work goes on the stream has the newest words; what stands at its end was written by the server. */
function showStatus(told: Video): void {
  if (settled(told)) return;
  write(part('status-text'), headline(told));
  write(part('status-detail'), particulars(told));
  const bar = document.querySelector<HTMLProgressElement>('[data-testid="status-progress"]');
  if (bar) bar.value = told.progress;
}

function showPoster(told: Video): void {
  const { poster } = told.media;
  if (poster === null) return;
  if (video.getAttribute('poster') !== poster) video.poster = poster;
  const cover = document.querySelector<HTMLImageElement>('[data-testid="cover"]');
  if (cover && cover.getAttribute('src') !== poster) cover.src = poster;
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
    case 'poster':
      void choosePoster();
      break;
    case 'encode-again':
      part<HTMLDialogElement>('encode-again').showModal();
      break;
    case 'close':
      button?.closest('dialog')?.close();
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

part<HTMLFormElement>('encode-again-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = new FormData(event.target as HTMLFormElement);
  const wishes = { preset: String(form.get('preset')), normalise: form.get('normalise') === 'true' };
  part<HTMLDialogElement>('encode-again').close();
  void act('POST', id, '/encode-again', wishes).then((done) => {
    if (done) toast('It is encoded again. What plays now stays until that is finished.');
  });
});

async function choosePoster(): Promise<void> {
  const seconds = Math.round(video.currentTime * 1000) / 1000;
  if (await act('POST', id, '/poster', { seconds })) toast(`The picture at ${clock(seconds)} becomes the poster.`);
}

async function remove(): Promise<void> {
  const sure = await confirm('Delete this video?', 'The video and its original are removed for good.', 'Delete');
  if (sure && (await act('DELETE', id))) location.assign('/');
}

if (playable) void showPlayer(sourceOfPage(), false);
/** What plays while it is made has to be told how far it has got, also behind another window. */
const growsWhilePlaying = (): boolean => root.dataset['state'] === 'PROCESSING' && (!playable || !video.paused);

// A settled video changes only through this page or another one: its stream still tells.
listen(`/api/v1/videos/${encodeURIComponent(id)}/events`, 'status', follow, undefined, growsWhilePlaying);
