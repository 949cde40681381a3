// One stop of the Tab key for a group of buttons; arrow keys move within it.

/** Makes a group of buttons one stop. columns() says how many stand in a row. */
export function rove(group, columns = () => 1) {
  const buttons = () => [...group.querySelectorAll('button')];
  const stop = chosen => buttons().forEach(button => { button.tabIndex = button === chosen ? 0 : -1; });
  stop(buttons()[0]);
  group.addEventListener('focusin', event => {
    const button = event.target.closest('button');
    if (button) stop(button);
  });
  group.addEventListener('keydown', event => {
    const all = buttons(), at = all.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns(), ArrowUp: -columns(), Home: -at, End: all.length - 1 - at }[event.key];
    if (at < 0 || step === undefined) return;
    event.preventDefault();
    all[Math.min(all.length - 1, Math.max(0, at + step))].focus();
  });
  return { stop };
}

/** How many buttons of a group stand in its first row. */
export function columnsOf(group) {
  const buttons = [...group.querySelectorAll('button')];
  const top = buttons[0]?.offsetTop;
  const second = buttons.findIndex(button => button.offsetTop !== top);
  return second < 0 ? buttons.length : second;
}
