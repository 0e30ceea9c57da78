import { describe, expect, it } from 'vitest';
import { isColour } from './css-colour.ts';

describe('a colour', () => {
  it.each([
    'red',
    'RebeccaPurple',
    'CanvasText',
    'currentColor',
    '#fff',
    '#FFF8',
    '#7a2f8f',
    '#7a2f8fcc',
    'rgb(1 2 3 / 50%)',
    'hsl(120deg, 50%, 50%)',
    'oklch(0.7 0.1 200)',
    'color-mix(in srgb, var(--brand) 50%, #fff)',
    'var(--brand, teal)',
    'light-dark(#fff, black)',
  ])('is %s', (value) => {
    expect(isColour(value)).toBe(true);
  });

  it.each([
    'rde',
    '',
    '#12',
    '#12345',
    '#ggg',
    '7a2f8f',
    'red blue',
    '12px',
    'url(x)',
    'rgb 1 2 3',
    'calc(1px)',
  ])('is not %j', (value) => {
    expect(isColour(value)).toBe(false);
  });
});
