import { z } from 'zod';
import { isColour } from './css-colour.ts';

/** A CSS value that cannot end its declaration, open a block, load a file or comment out the rest. */
const cssValue = (expected: string) =>
  z.string(expected).trim().min(1, expected).max(200, expected).refine(isPlainValue, expected);

const PLAIN = 'a CSS value of 1 to 200 characters, without ; { } < \\ comments or url()';
const COLOUR = "a CSS colour, such as teal, '#0a7468' or oklch(…)";
const oneColour = cssValue(COLOUR).refine(isColour, COLOUR);
const colour = z.union(
  [oneColour, z.strictObject({ light: oneColour, dark: oneColour })],
  `${COLOUR}, or { light, dark } with two of them`,
);

/**
 * The colours and the type of all pages, as CSS values. A colour is one value for both modes, or a pair. Muted text,
 * hairlines and soft surfaces are mixed from these. Text on `surface` and on `accent` needs a contrast of at least
 * 4.5 : 1 (WCAG 2.2, success criterion 1.4.3).
 */
export const themeVariablesSchema = z.strictObject(
  {
    accent: colour.optional().describe('Buttons, links, focus rings, the current navigation item.'),
    onAccent: colour.optional().describe('Text on the accent.'),
    surface: colour.optional().describe('The page.'),
    ink: colour.optional().describe('Text; muted text and hairlines are mixed from it.'),
    danger: colour.optional().describe('Deleting, and errors.'),
    onDanger: colour.optional().describe('Text on it.'),
    success: colour.optional().describe('Success.'),
    font: cssValue(PLAIN).optional().describe('The font family of all text.'),
    radius: cssValue(PLAIN).optional().describe('The radius of corners.'),
  },
  'an object of colours, font and radius',
);

/** Colours, font and corners of the pages; a missing one keeps its default. */
export type ThemeVariables = z.input<typeof themeVariablesSchema>;

/** The page's colour in both modes, for the browser's own bars. */
export interface Surfaces {
  readonly light: string;
  readonly dark: string;
}

/** Must match `assets/styles/_theme.scss`. */
const surfaces: Surfaces = { light: '#ffffff', dark: '#101317' };

/** A style sheet that sets the chosen variables; empty if none was chosen. */
export function themeStylesheet(variables: ThemeVariables): string {
  const declarations = Object.entries(variables).flatMap(([name, value]) =>
    value === undefined ? [] : `${cssName(name)}:${cssOf(value)}`,
  );
  return declarations.length === 0 ? '' : `:root{${declarations.join(';')}}\n`;
}

export function surfacesOf({ surface }: ThemeVariables): Surfaces {
  if (surface === undefined) return surfaces;
  return typeof surface === 'string' ? { light: surface, dark: surface } : surface;
}

function cssName(name: string): string {
  return `--mb-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function cssOf(value: string | Surfaces): string {
  return typeof value === 'string' ? value : `light-dark(${value.light},${value.dark})`;
}

function isPlainValue(value: string): boolean {
  const unquoted = value.replace(/"[^"]*"|'[^']*'/g, '');
  const depth = [...unquoted].reduce((open, sign) => {
    if (open < 0) return open;
    return open + (sign === '(' ? 1 : sign === ')' ? -1 : 0);
  }, 0);
  return depth === 0 && !/[;{}<\\"'\u0000-\u001f]|\/\*|url\(/i.test(unquoted) && !/[<\\\n\r]/.test(value);
}
