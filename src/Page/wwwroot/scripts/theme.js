// Light, dark, or as the system is. The event 'theme' of document says that colours have changed.

import { find, findAll } from './dom.js';
import { recall, remember } from './texts.js';

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Sets the theme that was chosen before, and lets the buttons choose. */
export function openTheme() {
  for (const button of findAll('#theme button')) {
    button.addEventListener('click', () => {
      remember('theme', button.value);
      set(button.value);
    });
  }
  dark.addEventListener('change', () => set(chosen()));
  set(chosen());
}

const chosen = () => new URLSearchParams(location.search).get('theme') ?? recall('theme') ?? 'system';

function set(theme) {
  const isDark = theme === 'dark' || (theme !== 'light' && dark.matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  for (const button of findAll('#theme button')) button.setAttribute('aria-pressed', button.value === theme);
  find('meta[name=theme-color]').content = isDark ? '#0d1117' : '#f6f6f2';
  document.dispatchEvent(new Event('theme'));
}
