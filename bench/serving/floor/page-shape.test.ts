import { describe, expect, it } from 'vitest';
import { permalinkShape, shapeOf } from './page-shape.ts';
import { compileTemplate } from './page-template.ts';

const ids = { viewer: '111', author: '222' };

const post = (id: number, author: string, authorId: string, more = '') =>
  `<article class="post" id="post-${id}"><a href="/user/${author}"><img src="/avatars/${authorId}.svg">${author}</a>` +
  `<time datetime="2026-01-01T00:00:00Z" title="January 1" data-relative>1d ago</time>` +
  `<div class="post-body" dir="auto" lang="en">zqbody</div>${more}</article>`;

const token = (text: string) => `<input type="hidden" name="_csrf" value="${text}">`;
const page =
  `<h1>zqviewer</h1>${token('secret')}` +
  `${post(5, 'zqauthor', '222')}\n${post(4, 'zqviewer', '111', token('secret'))}<a href="?before=4">Older</a>`;

describe('the shape of a page', () => {
  const shape = shapeOf(page, ids);

  it('has slots for what differs between people, posts and times', () => {
    expect(shape.head).toBe(`<h1>{{viewer}}</h1>${token('{{token}}')}`);
    expect(shape.tail).toBe('<a href="?before={{last}}">Older</a>');
    expect(shape.between).toBe('\n');
    expect(
      compileTemplate(shape.post)({
        ...{
          id: 9,
          author: 'ada',
          authorId: '7',
          iso: 'T',
          exact: 'E',
          relative: 'R',
          language: 'es',
          body: 'Hola',
        },
      }),
    ).toBe(
      '<article class="post" id="post-9"><a href="/user/ada"><img src="/avatars/7.svg">ada</a>' +
        '<time datetime="T" title="E" data-relative>R</time>' +
        '<div class="post-body" dir="auto" lang="es">Hola</div></article>',
    );
  });

  it('keeps the post of the viewer apart, which has more', () => {
    expect(shape.ownPost).toContain(token('{{token}}'));
    expect(shape.ownPost).toContain('{{author}}');
  });

  it('takes the posts of another page if this one has those of real people', () => {
    const other = shapeOf(page.replaceAll('zqbody', 'Hello').replaceAll('zqauthor', 'ada'), ids, shape);
    expect(other.post).toBe(shape.post);
  });

  it('needs posts', () => {
    expect(() => shapeOf('<p>Nothing yet</p>', ids)).toThrow('no posts');
  });
});

it('the shape of a permalink has one slot for the text in attributes, and one for its HTML', () => {
  const permalink = `<meta content="zqbody"><h1>zqauthor</h1>${post(5, 'zqauthor', '222')}`;
  expect(permalinkShape(permalink, ids)).toMatch(
    /^<meta content=\{\{quotedText\}\}><h1>\{\{author\}\}<\/h1>.*\{\{body\}\}/s,
  );
});

describe('a compiled template', () => {
  it('writes values between its constant parts', () => {
    expect(compileTemplate('a "{{x}}"\n`b` {{y}}')({ x: 'X', y: 2 })).toBe('a "X"\n`b` 2');
  });

  it('may have no slots, or begin and end with one', () => {
    expect(compileTemplate('plain')({})).toBe('plain');
    expect(compileTemplate('{{a}}{{b}}')({ a: 'A', b: 'B' })).toBe('AB');
  });
});
