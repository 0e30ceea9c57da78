import { describe, expect, it } from 'vitest';
import { readableEmail } from './readable-email.ts';

describe('readableEmail', () => {
  it.each([
    ['ada@xn--h1alffa9f.xn--p1ai', 'ada@россия.рф'],
    ['a&b@xn--bcher-kva.example', 'a&b@bücher.example'],
    ['ada@example.org', 'ada@example.org'],
    ['ada@xn--99999999', 'ada@xn--99999999'],
    ['', ''],
  ])('of %s is %s', (stored, shown) => expect(readableEmail(stored)).toBe(shown));
});
