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
 * @param onReturn called when the stream is back after it was lost: something may have been missed
 */
export function listen(
  path: string,
  event: 'status' | 'video',
  onVideo: (video: Video) => void,
  onReturn: () => void = () => undefined,
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

  // A page kept for the back button must not hold a connection: browsers allow six to one server.
  window.addEventListener('pagehide', () => source?.close());
  window.addEventListener('pageshow', (shown) => {
    if (!shown.persisted || closed) return;
    lost = true;
    open();
  });
  open();
  return { close };
}
