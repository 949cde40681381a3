// The page's words in one language, from texts/[language].json.

export const languages = ['en', 'zh-Hant'];

let texts = {};

/** A text, with values in the places of their names in braces. */
export function text(key, values = {}) {
  let found = texts[key];
  if (found === undefined) throw new Error(`There is no text '${key}'.`);
  for (const [name, value] of Object.entries(values)) found = found.replaceAll(`{${name}}`, value);
  return found;
}

/** The language to begin with: the reader's last choice, else the browser's. */
export function preferredLanguage() {
  const asked = new URLSearchParams(location.search).get('language') ?? recall('language');
  if (languages.includes(asked)) return asked;
  return navigator.languages.some(language => /^zh/i.test(language)) && !/^en/i.test(navigator.language) ? 'zh-Hant' : 'en';
}

/** Puts the words of a language in place, and tells all who wrote some: the event 'language' of document. */
export async function speak(language) {
  texts = await (await fetch(`./texts/${language}.json`)).json();
  document.documentElement.lang = language;
  document.title = text('title');
  remember('language', language);
  name(document);
  document.dispatchEvent(new Event('language'));
}

/** Fills what has data-text, data-label (aria-label) or data-tip (title) within an element. */
export function name(root) {
  for (const element of root.querySelectorAll('[data-text]')) element.textContent = text(element.dataset.text);
  for (const element of root.querySelectorAll('[data-label]')) element.setAttribute('aria-label', text(element.dataset.label));
  for (const element of root.querySelectorAll('[data-tip]')) element.title = text(element.dataset.tip);
}

/** What the reader chose before; null where nothing may be kept. */
export function recall(key) {
  try {
    return localStorage.getItem(`staticcnn.${key}`);
  } catch {
    return null;
  }
}

/** Keeps a choice for the next visit, where that is possible. */
export function remember(key, value) {
  try {
    localStorage.setItem(`staticcnn.${key}`, value);
  } catch {
    // A private window keeps nothing; the choice lasts as long as the page.
  }
}

/** 0.998 as '99.8 %'. */
export const percent = (share, decimals = 1) => `${(100 * share).toFixed(decimals)}\u00a0%`;

/** A number with a true minus sign. */
export function number(value, decimals = 2) {
  const written = value.toFixed(decimals);
  if (Number(written) === 0) return (0).toFixed(decimals);
  return written.replace('-', '\u2212');
}

/** 215370 as '215,370'. */
export const count = value => value.toLocaleString('en-US');

/** [16,28,28] as '16 × 28 × 28'. */
export const shape = sizes => sizes.join('\u2009×\u2009');
