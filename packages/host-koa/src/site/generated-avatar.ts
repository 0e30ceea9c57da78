import { createHash } from 'node:crypto';

/**
 * A small landscape for people without a picture: a sky, a sun or moon, two hills. The same seed always gives the
 * same picture, so it may be cached for ever. A user's id is a good seed, since nicknames change. Returns an SVG
 * document without scripts, styles or references.
 */
export function generatedAvatar(seed: string): string {
  const draw = drawsOf(seed);
  const hue = avatarHue(seed);
  const light = lights[draw(3, 0, lights.length - 1)] ?? lights[0];
  const colour = (turn: number, saturation: number, lightness: number) =>
    `hsl(${(hue + turn + 360) % 360} ${saturation}% ${lightness}%)`;

  const sun = { x: draw(4, 18, 62), y: draw(5, 18, 34), radius: draw(6, 7, 12) };
  const back = [draw(7, 40, 54), draw(8, 26, 62), draw(9, 40, 56)];
  const front = [draw(10, 56, 68), draw(11, 44, 76), draw(12, 56, 70)];

  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80" width="192" height="192">',
    `<rect width="80" height="80" fill="${colour(0, light.saturation, light.sky)}"/>`,
    `<circle cx="${sun.x}" cy="${sun.y}" r="${sun.radius}" fill="hsl(46 88% ${light.sun}%)"/>`,
    `<path d="${hill(back)}" fill="${colour(-10, 46, light.back)}"/>`,
    `<path d="${hill(front)}" fill="${colour(-25, 44, light.front)}"/>`,
    '</svg>',
  ].join('');
}

/** The picture's hue, 0–359 degrees, for elements that should match it. */
export function avatarHue(seed: string): number {
  const draw = drawsOf(seed);
  return ((hues[draw(0, 0, hues.length - 1)] ?? 0) + draw(1, 0, 8)) % 360;
}

/** Hues of pleasant skies, without yellow and grass green. */
const hues = [0, 12, 24, 36, 145, 160, 175, 188, 200, 212, 224, 238, 255, 275, 300, 325, 344] as const;

/** Lightness in per cent: morning, noon, night. */
const lights = [
  { saturation: 70, sky: 86, sun: 95, back: 70, front: 52 },
  { saturation: 58, sky: 74, sun: 93, back: 58, front: 42 },
  { saturation: 38, sky: 32, sun: 90, back: 46, front: 24 },
] as const;

/** A curve from the left edge to the right one, filled down to the ground; heights at start, middle, end. */
function hill([start = 0, middle = 0, end = 0]: readonly number[]): string {
  return `M0 ${start}C20 ${middle - 8} 32 ${middle} 44 ${middle + 4}S70 ${end + 6} 80 ${end}V80H0Z`;
}

/** Numbers derived from the seed: byte `index` of its digest, scaled to a range with both ends included. */
function drawsOf(seed: string): (index: number, from: number, to: number) => number {
  const bytes = digest(seed);
  return (index, from, to) => from + ((bytes[index] ?? 0) % (to - from + 1));
}

function digest(seed: string): Buffer {
  return createHash('sha256').update(seed).digest();
}
