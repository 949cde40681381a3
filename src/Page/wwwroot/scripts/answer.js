// What the network answers: the digit, ten bars, and what it saw.

import { find, make } from './dom.js';
import { model, largest } from './model.js';
import { paint, grey } from './colors.js';
import { rove } from './roving.js';
import { percent, text } from './texts.js';
import { openUnit } from './closeup/closeup.js';

/** A reader of screens is told of an answer when it has stood for so long. */
const Settled = 700;

const bars = find('#bars');
let timer = 0;

/** Makes the bars. */
export function openAnswer() {
  bars.append(...Array.from({ length: 10 }, (_, digit) => make(
    'li', {}, make(
      'button', { type: 'button', onclick: () => openUnit(model.layers.length - 1, digit) },
      make('span', { class: 'digit' }, String(digit)), ' ', make('span', { class: 'track' }, make('span', { class: 'fill' })), make('span', { class: 'share' })))));
  rove(bars);
  model.addEventListener('answer', show);
  model.addEventListener('nodigit', () => tell(text('answer.nodigit')));
  model.addEventListener('weights', () => { find('#changed').hidden = !model.isChanged; });
  find('#restore').addEventListener('click', () => model.reset());
  document.addEventListener('language', () => { if (model.probabilities) show(); });
}

/** Says something in the live region below the answer. */
export function tell(message) {
  clearTimeout(timer);
  find('#message').textContent = message;
}

function show() {
  const { probabilities } = model;
  const best = largest(probabilities);
  find('#answer').textContent = best;
  find('#sure').textContent = percent(probabilities[best]);
  [...bars.children].forEach((item, digit) => {
    const button = item.firstChild, share = percent(probabilities[digit]);
    item.classList.toggle('best', digit === best);
    button.querySelector('.fill').style.transform = `scaleX(${probabilities[digit]})`;
    button.querySelector('.share').textContent = share;
    button.title = text('answer.bar');
  });
  paint(find('#seen'), model.image, 28, grey);
  clearTimeout(timer);
  timer = setTimeout(() => tell(text('answer.said', { digit: best, share: percent(probabilities[best]) })), Settled);
}
