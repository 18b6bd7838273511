/** What a key does in the player. */
export type Action =
  | { readonly do: 'toggle' | 'mute' | 'fullscreen' | 'captions' | 'picture' | 'help' }
  | { readonly do: 'seek' | 'volume' | 'rate' | 'step'; readonly by: number }
  | { readonly do: 'jump'; readonly to: number };

/** The parts of a keyboard event that matter. */
export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Where the focus is: in a field, on a button or link, in an open menu, on a slider, elsewhere in the player, or outside. */
export type Focus = 'typing' | 'control' | 'menu' | 'slider' | 'player' | 'page';

/** The action for a key, or null if the key is not the player's to take. */
export function actionFor(pressed: Pressed, focus: Focus): Action | null {
  if (focus === 'typing' || focus === 'menu' || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  const { key } = pressed;
  if (focus === 'slider' && key.startsWith('Arrow')) return null;
  if (/^[0-9]$/.test(key)) return { do: 'jump', to: Number(key) / 10 };
  switch (key) {
    case ' ':
      return focus === 'control' ? null : { do: 'toggle' };
    case 'ArrowUp':
      // Outside of the player these scroll the page.
      return focus === 'player' ? { do: 'volume', by: 0.05 } : null;
    case 'ArrowDown':
      return focus === 'player' ? { do: 'volume', by: -0.05 } : null;
    case 'ArrowLeft':
      return { do: 'seek', by: -5 };
    case 'ArrowRight':
      return { do: 'seek', by: 5 };
    case '<':
      return { do: 'rate', by: -1 };
    case '>':
      return { do: 'rate', by: 1 };
    case ',':
      return { do: 'step', by: -1 };
    case '.':
      return { do: 'step', by: 1 };
    case '?':
      return { do: 'help' };
    default:
      return letter(key.toLowerCase());
  }
}

function letter(key: string): Action | null {
  switch (key) {
    case 'k':
      return { do: 'toggle' };
    case 'j':
      return { do: 'seek', by: -10 };
    case 'l':
      return { do: 'seek', by: 10 };
    case 'm':
      return { do: 'mute' };
    case 'f':
      return { do: 'fullscreen' };
    case 'c':
      return { do: 'captions' };
    case 'p':
      return { do: 'picture' };
    default:
      return null;
  }
}

export const RATES: readonly number[] = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

/** The next speed up or down from the present one. */
export function nextRate(rate: number, by: number): number {
  const next = by > 0 ? RATES.find((step) => step > rate) : [...RATES].reverse().find((step) => step < rate);
  return next ?? rate;
}
