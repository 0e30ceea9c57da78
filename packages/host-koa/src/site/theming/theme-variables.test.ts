import { describe, expect, it } from 'vitest';
import { surfacesOf, themeStylesheet, themeVariablesSchema } from './theme-variables.ts';

describe('themeStylesheet', () => {
  it('sets a pair of colours for both modes, and one for all', () => {
    expect(themeStylesheet({ accent: { light: '#000', dark: '#fff' }, onAccent: 'white' })).toBe(
      ':root{--mb-accent:light-dark(#000,#fff);--mb-on-accent:white}\n',
    );
  });

  it('is empty if nothing was chosen', () => {
    expect([themeStylesheet({}), themeStylesheet({ accent: undefined })]).toEqual(['', '']);
  });
});

describe('a value of the theme', () => {
  it.each([
    "Georgia, 'Noto Serif', serif",
    'oklch(0.7 0.1 200 / 80%)',
    'color-mix(in srgb, var(--brand) 50%, #fff)',
    '"A (b) font", serif',
  ])('may be %s', (font) => {
    expect(themeVariablesSchema.safeParse({ font }).success).toBe(true);
  });

  it.each([
    '',
    'red; } body { display: none',
    'red} body{',
    'url(https://example.org/x.png)',
    'URL("x.png")',
    'rgb(1, 2, 3',
    ')red(',
    '"unclosed',
    'red /* hides',
    '</style><script>',
    'a\\62 c',
    `#${'f'.repeat(201)}`,
  ])('may not be %j', (font) => {
    expect(themeVariablesSchema.safeParse({ font }).success).toBe(false);
  });

  it('has a known name', () => {
    expect(themeVariablesSchema.safeParse({ akzent: 'red' }).error?.message).toContain('akzent');
  });
});

describe('surfacesOf', () => {
  it('colours the bars of browsers like the page', () => {
    expect(surfacesOf({ surface: 'snow' })).toEqual({ light: 'snow', dark: 'snow' });
    expect(surfacesOf({}).dark).toMatch(/^#/);
  });
});
