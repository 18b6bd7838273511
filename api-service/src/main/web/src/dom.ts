/** The one element with this `data-testid` below `root`; its absence is a mistake in the template. */
export function part<T extends Element = HTMLElement>(name: string, root: ParentNode = document): T {
  const element = root.querySelector<T>(`[data-testid="${name}"]`);
  if (!element) throw new Error(`The page has no ${name}`);
  return element;
}

/** Writes text only when it differs, so that screen readers and selections are left in peace. */
export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Makes a copy of a `<template>`'s only element. */
export function stamp(id: string): HTMLElement {
  const template = document.getElementById(id);
  if (!(template instanceof HTMLTemplateElement)) throw new Error(`The page has no template ${id}`);
  const copy = template.content.firstElementChild?.cloneNode(true);
  if (!(copy instanceof HTMLElement)) throw new Error(`The template ${id} is empty`);
  return copy;
}

/** Says something at the edge of the page for a few seconds, also to screen readers. */
export function toast(text: string, action?: { readonly label: string; readonly run: () => void }): void {
  const area = part('toasts');
  const note = document.createElement('div');
  note.className = 'toast';
  note.append(text);
  const remove = (): void => note.remove();
  if (action) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'link';
    button.textContent = action.label;
    button.addEventListener('click', () => {
      action.run();
      remove();
    });
    note.append(' ', button);
  }
  area.append(note);
  setTimeout(remove, action ? 9000 : 5000);
}

/** Tells screen readers what the eye sees by itself. */
export function announce(text: string): void {
  write(part('announcements'), text);
}

/** Takes the parts of the page with these ids anew from the server, which knows more than the event stream tells. */
export async function refresh(ids: readonly string[]): Promise<void> {
  const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const id of ids) {
    const present = document.getElementById(id);
    const next = fresh.getElementById(id);
    if (present && next) present.replaceWith(document.adoptNode(next));
  }
}
