// The panes behind the tabs. A pane's element gets the event 'open' when it is shown.

import { find, findAll } from './dom.js';

const tabs = () => findAll('[role=tab]');

/** Makes the tabs work, by mouse, touch and keyboard. */
export function openTabs() {
  for (const tab of tabs()) {
    tab.addEventListener('click', () => show(tab.dataset.pane));
    tab.addEventListener('keydown', event => {
      const all = tabs(), at = all.indexOf(tab);
      const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      const other = all[(next + all.length) % all.length];
      other.focus();
      show(other.dataset.pane);
    });
  }
  const wanted = location.hash.slice(1);
  show(tabs().some(tab => tab.dataset.pane === wanted) ? wanted : 'watch');
}

/** Whether a pane is what one sees. */
export const isShown = pane => !find(`#${pane}`).hidden;

/** Shows a pane. */
export function show(pane) {
  for (const tab of tabs()) {
    const isChosen = tab.dataset.pane === pane;
    tab.setAttribute('aria-selected', isChosen);
    tab.tabIndex = isChosen ? 0 : -1;
    find(`#${tab.dataset.pane}`).hidden = !isChosen;
  }
  history.replaceState(null, '', `#${pane}`);
  find(`#${pane}`).dispatchEvent(new Event('open'));
}
