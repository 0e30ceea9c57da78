import { describe, expect, it } from 'vitest';
import { avatarHue, generatedAvatar } from './generated-avatar.ts';

const seeds = Array.from({ length: 200 }, (_, index) => String(115_000_000_000_000_000n + BigInt(index)));

describe('generatedAvatar', () => {
  it('draws the same picture for the same seed', () => {
    expect(generatedAvatar('42')).toBe(generatedAvatar('42'));
  });

  it('draws another picture for ids that lie side by side', () => {
    expect(new Set(seeds.map(generatedAvatar)).size).toBe(seeds.length);
  });

  it('never puts the seed or anything active into the picture', () => {
    const picture = generatedAvatar('"><script>alert(1)</script>');
    expect(picture).not.toMatch(/script|style|href|url\(|NaN|undefined/);
    expect(picture).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]*>(<(rect|circle|path) [^<>]*\/>){4}<\/svg>$/,
    );
  });

  it('takes any seed, the empty one too', () => {
    expect(generatedAvatar('')).toMatch(/^<svg /);
  });
});

describe('avatarHue', () => {
  it('is a whole number of degrees, and differs between people', () => {
    const hues = seeds.map(avatarHue);
    expect(hues.every((hue) => Number.isInteger(hue) && hue >= 0 && hue < 360)).toBe(true);
    expect(new Set(hues).size).toBeGreaterThan(50);
  });
});
