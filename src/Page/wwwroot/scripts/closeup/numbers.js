// A table of coloured numbers.

import { make } from '../dom.js';
import { cssColors } from '../colors.js';
import { number } from '../texts.js';

export class Numbers {
  #caption = make('caption');
  #body = make('tbody');
  #cells = [];

  constructor() {
    this.element = make('table', { class: 'numbers' }, this.#caption, this.#body);
  }

  name(caption) { this.#caption.textContent = caption; }

  /** Shows values row by row; the one at marked stands out. */
  show(values, columns, scale, marked = -1) {
    if (this.#cells.length !== values.length || this.columns !== columns) this.#build(values.length, columns);
    values.forEach((value, i) => {
      const cell = this.#cells[i], { background, color } = cssColors(value, scale);
      cell.textContent = number(value);
      cell.style.background = background;
      cell.style.color = color;
      cell.classList.toggle('marked', i === marked);
    });
  }

  #build(length, columns) {
    this.columns = columns;
    this.#cells = Array.from({ length }, () => make('td'));
    this.#body.replaceChildren(...Array.from({ length: length / columns }, (_, row) => make('tr', {}, ...this.#cells.slice(row * columns, (row + 1) * columns))));
  }
}

/** A step of a sum: a name above a number. */
export class Term {
  #name = make('dt');
  #value = make('dd');

  constructor(kind = '') {
    this.element = make('div', { class: `term ${kind}` }, this.#name, this.#value);
  }

  show(name, value) {
    this.#name.textContent = name;
    this.#value.textContent = value;
  }
}
