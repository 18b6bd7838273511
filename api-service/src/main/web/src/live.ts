import { delayMs } from './backoff';
import type { Video } from './video';

/** A stream of videos that keeps itself alive; `close` ends it. */
export interface Live {
  close(): void;
}

/**
 * Listens to an event stream of the API. A browser reconnects a broken stream by itself but gives up on an error
 * answer, such as a proxy's 502 during a restart: then a new stream is opened after a growing wait.
 *
 * A page that nobody sees lets go of its stream: browsers allow six connections to one server for all tabs together, and
 * a seventh tab would wait for ever.
 *
 * @param onReturn called when the stream is back after it was lost: something may have been missed
 * @param isNeeded whether the stream is needed although nobody sees the page
 */
export function listen(
  path: string,
  event: 'status' | 'video',
  onVideo: (video: Video) => void,
  onReturn: () => void = () => undefined,
  isNeeded: () => boolean = () => false,
): Live {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let closed = false;
  let lost = false;

  const open = (): void => {
    const stream = new EventSource(path);
    source = stream;
    stream.addEventListener('open', () => {
      attempt = 0;
      if (lost) onReturn();
      lost = false;
    });
    stream.addEventListener(event, (message) => {
      onVideo(JSON.parse((message as MessageEvent<string>).data) as Video);
    });
    stream.addEventListener('error', () => {
      lost = true;
      if (closed || stream.readyState !== EventSource.CLOSED) return;
      attempt++;
      timer = setTimeout(open, delayMs(attempt));
    });
  };

  const close = (): void => {
    closed = true;
    clearTimeout(timer);
    source?.close();
  };

  const pause = (): void => {
    clearTimeout(timer);
    source?.close();
    source = null;
    lost = true;
  };
  const goOn = (): void => {
    if (!closed && source === null) open();
  };

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) goOn();
    else if (!isNeeded()) pause();
  });
  window.addEventListener('pagehide', pause);
  window.addEventListener('pageshow', (shown) => {
    if (shown.persisted) goOn();
  });
  if (document.hidden && !isNeeded()) lost = true;
  else open();
  return { close };
}
