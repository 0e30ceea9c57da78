import { describe, expect, it } from 'vitest';
import { compiledTemplate } from './compiled-template.ts';

describe('compiledTemplate', () => {
  const options = { autoescape: true, trimBlocks: true };
  const template = { path: '/views/hello.njk', source: 'Hello {{ name }}', options };

  it('compiles an equal template once', () => {
    expect(compiledTemplate({ ...template, options: { ...options } })).toBe(compiledTemplate(template));
  });

  it('compiles a template again after its file changed', () => {
    const before = compiledTemplate(template);
    const after = compiledTemplate({ ...template, source: 'Bye {{ name }}' });
    expect(after).not.toBe(before);
  });

  it.each([
    ['path', { path: '/other/hello.njk' }],
    ['options', { options: { ...options, throwOnUndefined: true } }],
  ])('shares nothing between templates of the same text with another %s', (_what, other) => {
    expect(compiledTemplate({ ...template, ...other })).not.toBe(compiledTemplate(template));
  });

  it('names the file of a template that can’t be compiled', () => {
    expect(() => compiledTemplate({ ...template, source: '{% if %}' })).toThrow('/views/hello.njk');
  });
});
