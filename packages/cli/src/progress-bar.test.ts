import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { progressBar } from './progress-bar.ts';

/** All that a bar writes on a screen of `columns`. */
function shownOn(columns: number): string {
  const screen = Object.assign(new PassThrough(), { isTTY: true, columns });
  const bar = progressBar({ stderr: screen }, 'Backing up');
  bar.start(100_000);
  bar.advance(100_000);
  bar.stop();
  return String(screen.read());
}

it('shows the work and its progress', () => {
  expect(shownOn(80)).toMatch(/Backing up {2}█+ {2}100% {2}100000 of 100000/);
});

it('never changes the line wrapping of the terminal', () => {
  expect(shownOn(80)).not.toContain('\u001b[?7');
});

it.each([80, 100])('fits on a screen of %i columns', (columns) => {
  const toFirstColumn = '\u001b[1G';
  const lines = shownOn(columns).split(toFirstColumn).map(stripVTControlCharacters);
  expect(lines.at(-1)).toMatch(/ left\n$/);
  expect(Math.max(...lines.map((line) => line.trimEnd().length))).toBeLessThanOrEqual(columns);
});
