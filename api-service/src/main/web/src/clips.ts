/** Whether this person wants things to move and bytes to be fetched without being asked for. */
function isWelcome(): boolean {
  const connection = (navigator as { connection?: { saveData?: boolean } }).connection;
  return !window.matchMedia('(prefers-reduced-motion: reduce)').matches && connection?.saveData !== true;
}

function begin(card: HTMLElement): void {
  const url = card.dataset['clip'];
  const thumb = card.querySelector('.thumb');
  if (!url || !thumb || !isWelcome() || thumb.querySelector('video')) return;
  const clip = document.createElement('video');
  clip.className = 'clip';
  clip.src = url;
  clip.muted = true;
  clip.loop = true;
  clip.playsInline = true;
  clip.disablePictureInPicture = true;
  clip.setAttribute('data-testid', 'clip');
  // Until there is a picture the poster stays: no flash.
  clip.addEventListener('playing', () => clip.classList.add('moving'), { once: true });
  thumb.append(clip);
  void clip.play().catch(() => clip.remove());
}

function end(card: HTMLElement): void {
  const clip = card.querySelector<HTMLVideoElement>('.clip');
  if (!clip) return;
  clip.removeAttribute('src');
  clip.load();
  clip.remove();
}

function cardOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-clip]') : null;
}

/** Lets the pictures of the library move while somebody points at them or has come to them by keyboard. */
export function showClips(): void {
  const enter = (event: Event): void => {
    const card = cardOf(event.target);
    if (card) begin(card);
  };
  const leave = (event: PointerEvent | FocusEvent): void => {
    const card = cardOf(event.target);
    if (card && !card.contains(event.relatedTarget as Node | null)) end(card);
  };
  document.addEventListener('pointerover', (event) => {
    // A finger that scrolls points at nothing.
    if (event.pointerType === 'mouse') enter(event);
  });
  document.addEventListener('pointerout', leave);
  document.addEventListener('focusin', enter);
  document.addEventListener('focusout', leave);
}
