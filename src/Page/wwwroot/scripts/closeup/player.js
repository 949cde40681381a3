// Plays the window over the map: to and fro by step, or by itself.

import { find } from '../dom.js';
import { text } from '../texts.js';

export class Player {
  #timer = 0;
  #advance;

  /** @param advance Called with 1 or -1, to move by a pixel. */
  constructor(advance) {
    this.#advance = advance;
    find('#play').addEventListener('click', () => this.isPlaying ? this.stop() : this.#play());
    find('#back').addEventListener('click', () => this.#step(-1));
    find('#forward').addEventListener('click', () => this.#step(1));
    document.addEventListener('language', () => this.#name());
  }

  get isPlaying() { return this.#timer !== 0; }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#name();
  }

  #step(by) {
    this.stop();
    this.#advance(by);
  }

  #play() {
    const next = () => {
      this.#advance(1);
      this.#timer = setTimeout(next, 1000 / Number(find('#speed').value));
    };
    this.#timer = setTimeout(next);
    this.#name();
  }

  #name() {
    const button = find('#play');
    button.classList.toggle('playing', this.isPlaying);
    button.setAttribute('aria-label', text(this.isPlaying ? 'player.pause' : 'player.play'));
  }
}
