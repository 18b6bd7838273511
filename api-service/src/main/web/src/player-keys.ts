import { type Action, type Focus, actionFor, nextRate } from './keys';
import type { Player } from './player';

/** Lets the keyboard drive the player from anywhere on the page, except where a key has another meaning. */
export function bindKeys(player: Player, help: () => void): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const action = actionFor(event, focusOf(event, player));
    if (!action) return;
    event.preventDefault();
    perform(action, player, help);
  });
}

function focusOf(event: KeyboardEvent, player: Player): Focus {
  const path = event.composedPath().filter((step): step is Element => step instanceof Element);
  const target = path[0];
  if (!target) return 'page';
  if (target.matches('input:not([type=range]), textarea, select, [contenteditable]')) return 'typing';
  if (path.some((step) => step.matches('[role=menu]'))) return 'menu';
  if (path.some((step) => step.matches('[role=slider], input[type=range]'))) return 'slider';
  const control = path.some((step) => step.matches('button, a[href], summary, [role=button]'));
  if (control) return 'control';
  return path.includes(player.controller) ? 'player' : 'page';
}

function perform(action: Action, player: Player, help: () => void): void {
  const { video, controller } = player;
  const request = (type: string): void => controller.mediaStore?.dispatch({ type });
  switch (action.do) {
    case 'toggle':
      if (video.paused) void player.play();
      else video.pause();
      break;
    case 'seek':
      player.seek(video.currentTime + action.by);
      break;
    case 'jump':
      player.seek(player.duration() * action.to);
      break;
    case 'volume':
      video.volume = Math.min(1, Math.max(0, video.volume + action.by));
      if (action.by > 0) video.muted = false;
      break;
    case 'rate':
      video.playbackRate = nextRate(video.playbackRate, action.by);
      break;
    case 'step':
      player.step(action.by);
      break;
    case 'mute':
      video.muted = !video.muted;
      break;
    case 'fullscreen':
      request(document.fullscreenElement ? 'mediaexitfullscreenrequest' : 'mediaenterfullscreenrequest');
      break;
    case 'picture':
      request(document.pictureInPictureElement ? 'mediaexitpiprequest' : 'mediaenterpiprequest');
      break;
    case 'captions':
      request('mediatogglesubtitlesrequest');
      break;
    case 'help':
      help();
      break;
  }
}
