import { act, confirm } from './actions';
import { toast } from './dom';

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('[data-action]') : null;
  const id = button?.dataset['video'];
  if (!button || id === undefined) return;
  void (button.dataset['action'] === 'cancel' ? cancel(id, button.dataset['title'] ?? '') : retry(id));
});

async function cancel(id: string, title: string): Promise<void> {
  const sure = await confirm('Stop working on this video?', `“${title}” can be taken up again later.`, 'Stop');
  if (sure && (await act('POST', id, '/cancel'))) toast('Stopped.');
}

async function retry(id: string): Promise<void> {
  if (await act('POST', id, '/retry')) toast('It is tried again.');
}
