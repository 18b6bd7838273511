// Runs before the first paint: a stored choice of colours applies at once, without it the system decides.
const KEY = 'millrace.theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function systemTheme(): string {
  return system.matches ? 'dark' : 'light';
}

function show(choice: string | null): void {
  if (choice === 'light' || choice === 'dark') document.documentElement.dataset['theme'] = choice;
  else delete document.documentElement.dataset['theme'];
}

function toggle(): void {
  const next = (document.documentElement.dataset['theme'] ?? systemTheme()) === 'dark' ? 'light' : 'dark';
  const choice = next === systemTheme() ? null : next;
  show(choice);
  try {
    if (choice === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // Without storage the choice holds for this page only.
  }
}

show(stored());
document.documentElement.classList.add('js');
document.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-theme-toggle]')) toggle();
});

export {};
