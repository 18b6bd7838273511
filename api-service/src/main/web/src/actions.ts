import { part, toast, write } from './dom';
import { Problem, request } from './problem';
import { api } from './video';

/** Asks in the page's dialog and answers whether the person agreed. */
export function confirm(question: string, consequence: string, button: string): Promise<boolean> {
  const dialog = part<HTMLDialogElement>('confirm');
  write(part('confirm-question', dialog), question);
  write(part('confirm-consequence', dialog), consequence);
  write(part('confirm-yes', dialog), button);
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener('close', () => answer(dialog.returnValue === 'yes'), { once: true });
  });
}

/** Runs a request for a video; says why when it fails. Answers whether it worked. */
export async function act(method: 'POST' | 'DELETE', id: string, what = '', body?: unknown): Promise<boolean> {
  try {
    await request(method, `${api(id)}${what}`, body);
    return true;
  } catch (problem) {
    toast(problem instanceof Problem ? problem.message : 'That did not work. Try again.');
    return false;
  }
}

/** Copies text; falls back to the old way where a page without HTTPS has no clipboard. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'offscreen';
    document.body.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    return copied;
  }
}
