import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type Arrival, arrivalInKoa, arrivalOf, pathInside } from './mount-point.ts';

function request(left: object): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), left);
}

describe('arrivalOf', () => {
  it.each<[string, object, Arrival]>([
    ['nothing around', { url: '/blog/x?q' }, { url: '/blog/x?q', mountPath: null }],
    [
      'Express, at a path',
      { url: '/x?q', baseUrl: '/blog', originalUrl: '/blog/x?q' },
      { url: '/blog/x?q', mountPath: '/blog' },
    ],
    [
      'Express, without a path',
      { url: '/blog/x', baseUrl: '', originalUrl: '/blog/x' },
      { url: '/blog/x', mountPath: '' },
    ],
    [
      'Express, an address that the host wrote anew',
      { url: '/x', baseUrl: '/blog', originalUrl: '/old/x' },
      { url: '/blog/x', mountPath: '/blog' },
    ],
    [
      'Connect, at a path',
      { url: '/x?q=/y', originalUrl: '/blog/x?q=/y' },
      { url: '/blog/x?q=/y', mountPath: '/blog' },
    ],
    [
      'Connect, without a path',
      { url: '/blog/x', originalUrl: '/blog/x' },
      { url: '/blog/x', mountPath: '' },
    ],
    [
      'Connect, if only a slash is left',
      { url: '/?q', originalUrl: '/blog?q' },
      { url: '/blog?q', mountPath: null },
    ],
    [
      'Connect, with a last slash taken off too',
      { url: '/x?q', originalUrl: '/blog/x/?q' },
      { url: '/blog/x/?q', mountPath: '/blog' },
    ],
    [
      'Connect, an address that the host wrote anew',
      { url: '/blog/x', originalUrl: '/old/y' },
      { url: '/blog/x', mountPath: null },
    ],
    [
      'a whole URL as the target',
      { url: 'http://localhost/blog/x', baseUrl: '', originalUrl: 'http://localhost/blog/x' },
      { url: 'http://localhost/blog/x', mountPath: '' },
    ],
  ])('finds the whole address and the removed mount path: %s', (_, left, arrival) =>
    expect(arrivalOf(request(left))).toEqual(arrival),
  );
});

describe('arrivalInKoa', () => {
  const koa = (originalUrl: string, url: string, mountPath?: string, baseUrl?: string) =>
    arrivalInKoa({ req: request({ baseUrl }), originalUrl, url, mountPath });

  it.each<[string, Arrival, Arrival]>([
    ['no mount', koa('/blog/x', '/blog/x'), { url: '/blog/x', mountPath: '' }],
    ['a mount', koa('/blog/x?q', '/x?q', '/blog'), { url: '/blog/x?q', mountPath: '/blog' }],
    ['its root', koa('/blog?q', '/?q', '/blog'), { url: '/blog?q', mountPath: '/blog' }],
    ['nested mounts', koa('/a/b/x', '/x', '/b'), { url: '/a/b/x', mountPath: '/a/b' }],
    ['Express around', koa('/b/x', '/x', '/b', '/a'), { url: '/a/b/x', mountPath: '/a/b' }],
    ['a rewritten address', koa('/old', '/blog/x'), { url: '/blog/x', mountPath: '' }],
  ])('finds the whole address and the removed mount path: %s', (_, found, arrival) =>
    expect(found).toEqual(arrival),
  );
});

describe('pathInside', () => {
  const at = (url: string, mountPath: string | null = null) => ({ url, mountPath });

  it.each([
    ['/blog', '/'],
    ['/blog/', '/'],
    ['/blog/x', '/x'],
    ['/blog?x', '/'],
    ['/blog#x', '/'],
    ['http://localhost/blog/x', '/x'],
  ])('of %s is %s', (url, path) => expect(pathInside('/blog', at(url))).toBe(path));

  it.each(['/', '/blogs', '/Blog', '/x/blog', '/?/blog', '', '*', 'http://[/blog', 'http://localhost'])(
    'leaves %j',
    (url) => expect(pathInside('/blog', at(url))).toBeNull(),
  );

  it('takes every path if the base path is the root', () => {
    expect(['/', '/x', '//x'].map((url) => pathInside('', at(url, '')))).toEqual(['/', '/x', '//x']);
  });

  it.each(['', '/', '/site', '/site/', '/site/blog', '/SITE/blog', '//site', '/%73ite', '/%2573ite'])(
    'accepts a mount at %j',
    (path) => {
      expect(pathInside('/site/blog', at('/site/blog/x', path))).toBe('/x');
    },
  );

  it.each(['/blog', '/site/blog/x', '/site/blogs', '/sit', '/%'])('throws for a mount at %j', (path) => {
    expect(() => pathInside('/site/blog', at(`${path}/x`, path))).toThrow(
      `mounted at '${path}', but its base path is '/site/blog'`,
    );
  });
});
