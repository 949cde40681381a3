// Opens the page: words, colours, the network, then every part.

import { find, findAll } from './dom.js';
import { preferredLanguage, speak, text } from './texts.js';
import { openTheme } from './theme.js';
import { openTabs } from './tabs.js';
import { openColors } from './colors.js';
import { model } from './model.js';
import { openPaper } from './draw.js';
import { openPictures } from './pictures.js';
import { openSamples } from './samples.js';
import { openAnswer, tell } from './answer.js';
import { openWatch } from './watch.js';
import { openCloseup } from './closeup/closeup.js';
import { openChange } from './change.js';
import { openLearn } from './learn.js';

async function open() {
  openTheme();
  await speak(preferredLanguage());
  openLanguages();
  await Promise.all([openColors(), model.open()]);
  openPaper();
  openPictures();
  openAnswer();
  openWatch();
  openCloseup();
  openChange();
  openLearn();
  openTabs();
  const isTrained = await model.load();
  model.addEventListener('answer', () => performance.mark('first answer'), { once: true });
  await openSamples();
  if (!isTrained) tell(text('weights.missing'));
  document.body.classList.remove('opening');
  if ('serviceWorker' in navigator) await navigator.serviceWorker.register('./service-worker.js');
}

function openLanguages() {
  const mark = () => {
    for (const button of findAll('#language button')) button.setAttribute('aria-pressed', button.value === document.documentElement.lang);
  };
  for (const button of findAll('#language button')) button.addEventListener('click', () => speak(button.value));
  document.addEventListener('language', mark);
  mark();
}

open().catch(error => {
  find('#opening').textContent = `${find('#opening').dataset.failed} ${error.message}`;
  throw error;
});
