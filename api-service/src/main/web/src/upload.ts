import { DirectTransfer } from './direct';
import { part, stamp, write } from './dom';
import { bytes, percent } from './format';
import { listen } from './live';
import { Queue } from './queue';
import { Transfer, unfinished } from './transfer';
import { UploadRow, type Way, type Wishes } from './upload-row';
import { type Video, fetchVideo } from './video';

const AT_ONCE = 2;

const rows: UploadRow[] = [];
const queue = new Queue<UploadRow>(AT_ONCE);
const list = part('uploads');
const input = part<HTMLInputElement>('upload-input');
const way: Way = part('upload-form').hasAttribute('data-direct') ? DirectTransfer : Transfer;

function add(files: Iterable<File>): void {
  for (const file of files) {
    const row = new UploadRow(file, wishes(), way, queue, catchUp);
    rows.push(row);
    list.append(row.element);
    row.enqueue();
    forgetWaiting(file);
  }
}

/** What is chosen now holds for the files that are added now. */
function wishes(): Wishes {
  return {
    preset: part<HTMLSelectElement>('preset').value,
    normalise: part<HTMLSelectElement>('normalise').value,
  };
}

function follow(video: Video): void {
  for (const row of rows) if (row.videoId === video.id) row.follow(video);
}

function catchUp(id: string): void {
  void fetchVideo(id).then(follow, () => undefined);
}

/** A file that is chosen again goes on by itself: its card of an earlier visit is no longer needed. */
function forgetWaiting(file: File): void {
  for (const card of document.querySelectorAll<HTMLElement>('[data-unfinished]')) {
    if (card.dataset['unfinished'] === `${file.name}/${file.size}`) card.remove();
  }
}

async function showUnfinished(): Promise<void> {
  for (const upload of await unfinished()) {
    const card = stamp('unfinished-row');
    card.dataset['unfinished'] = `${upload.name}/${upload.size}`;
    write(part('unfinished-name', card), upload.name);
    const sent = percent((upload.offset / upload.size) * 100);
    write(part('unfinished-status', card), `${sent} of ${bytes(upload.size)} is here. Choose the same file to go on.`);
    part('unfinished-forget', card).addEventListener('click', () => {
      card.remove();
      void upload.forget();
    });
    part('unfinished').append(card);
  }
}

function acceptDrops(): void {
  const over = (on: boolean): void => {
    document.documentElement.classList.toggle('dragging', on);
  };
  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  let depth = 0;
  document.addEventListener('dragenter', (event) => {
    if (carriesFiles(event)) over(++depth > 0);
  });
  document.addEventListener('dragleave', (event) => {
    if (carriesFiles(event)) over(--depth > 0);
  });
  document.addEventListener('dragover', (event) => {
    if (carriesFiles(event)) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth = 0;
    over(false);
    add(event.dataTransfer?.files ?? []);
  });
}

input.multiple = true;
input.addEventListener('change', () => {
  add(input.files ?? []);
  input.value = '';
});
acceptDrops();
// One stream for all files: six streams would use up the connections that a browser opens to one server.
listen('/api/v1/events', 'video', follow, () => {
  for (const row of rows) if (row.videoId !== null) catchUp(row.videoId);
});
window.addEventListener('beforeunload', (event) => {
  if (rows.some((row) => row.busy)) event.preventDefault();
});
void showUnfinished();
