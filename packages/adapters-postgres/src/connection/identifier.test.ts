import { describe, expect, it } from 'vitest';
import { schemaName } from './identifier.ts';

describe('schemaName', () => {
  it('is microblog by default', () => {
    expect(schemaName()).toBe('microblog');
  });

  it.each(['blog', 'Blog_2', '_x', 'a'.repeat(45)])('accepts %s', (name) => {
    expect(schemaName(name)).toBe(name);
  });

  it.each(['', '2blog', 'my-blog', 'a"b', 'a.b', 'pg_blog', 'a'.repeat(46), 'schéma'])(
    'refuses "%s"',
    (name) => {
      expect(() => schemaName(name)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
    },
  );
});
