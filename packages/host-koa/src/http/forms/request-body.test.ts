import { isMicroblogError } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { requestContext } from '../../../tests/support/request-context.ts';
import type { HostContext } from '../context.ts';
import { readForm } from './form.ts';

const FORM = 'application/x-www-form-urlencoded';
const LIMIT = 64 * 1024;

/** The context of a form that a parser read before, and the result that it left. */
async function alreadyRead(left: object, headers: Record<string, string> = {}): Promise<HostContext> {
  const sent = { 'content-type': FORM, 'content-length': '7', ...headers };
  const ctx = requestContext({ method: 'POST', body: 'a=wrong', headers: sent });
  for await (const _ of ctx.req);
  Object.assign(ctx.req, left);
  return ctx;
}

async function texts(left: object, ...names: string[]): Promise<string[]> {
  return names.map((await readForm(await alreadyRead(left))).text);
}

async function refused(left: object, headers: Record<string, string> = {}): Promise<string> {
  const error: unknown = await readForm(await alreadyRead(left, headers)).catch((thrown: unknown) => thrown);
  return isMicroblogError(error) ? error.code : String(error);
}

describe('a form that was read before', () => {
  it('is taken as fields', async () => {
    expect(await texts({ body: { a: '1', b: 'ü &c' } }, 'a', 'b', 'c')).toEqual(['1', 'ü &c', '']);
  });

  it.each([
    ['a list', { a: ['1', '2'] }, '1'],
    ['an empty list', { a: [] }, ''],
    ['something nested', { a: { b: '1' } }, ''],
    ['a list of something nested', { a: [{ b: '1' }, '2'] }, ''],
    ['a number', { a: 1 }, ''],
    ['null', { a: null }, ''],
  ])('counts the first text alone: %s', async (_, body, text) =>
    expect(await texts({ body }, 'a')).toEqual([text]),
  );

  it('reads own fields only, not inherited names', async () => {
    const body = Object.assign(Object.create({ inherited: 'x' }), { own: 'y' });
    expect(await texts({ body }, 'inherited', 'toString', 'own')).toEqual(['', '', 'y']);
  });

  it.each([
    ['text', 'a=%C3%BC+1&a=2'],
    ['bytes', Buffer.from('a=%C3%BC+1&a=2')],
    ['search parameters', new URLSearchParams('a=%C3%BC+1&a=2')],
    [
      'form data',
      formData([
        ['a', 'ü 1'],
        ['a', '2'],
      ]),
    ],
  ])('is taken as %s', async (_, body) => expect(await texts({ body }, 'a')).toEqual(['ü 1']));

  it('is taken from Koa’s request too', async () => {
    const ctx = await alreadyRead({});
    Object.assign(ctx.request, { body: { a: '1' } });
    expect((await readForm(ctx)).text('a')).toBe('1');
  });

  it('is read from the raw body if the parser kept it', async () => {
    expect(await texts({ rawBody: 'a=1', body: { a: '2' } }, 'a')).toEqual(['1']);
    expect(await refused({ rawBody: 'a=%', body: { a: '%' } })).toBe('malformed_body');
  });

  it.each(['a=%', 'a=%ED%A0%80', Uint8Array.from([0x61, 0x3d, 0xff])])(
    'is refused if it is not valid text: %j',
    async (body) => expect(await refused({ body })).toBe('malformed_body'),
  );

  it.each([
    ['text', (size: number) => 'x'.repeat(size)],
    ['bytes', (size: number) => Buffer.alloc(size, 'x')],
    ['fields', (size: number) => ({ a: 'x'.repeat(size - 1) })],
    ['fields in letters of two bytes', (size: number) => ({ aa: 'ü'.repeat(size / 2 - 1) })],
  ])('holds 64 KB and not a byte more, as %s', async (_, body) => {
    expect(await refused({ body: body(LIMIT) })).toMatch(/Object/);
    expect(await refused({ body: body(LIMIT + 2) })).toBe('body_too_large');
  });

  it('is refused by its Content-Length', async () => {
    expect(await refused({ body: {} }, { 'content-length': String(LIMIT + 1) })).toBe('body_too_large');
  });

  it('is refused as multipart, even if a parser read it', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    expect(await refused({ body: { a: '1' } }, headers)).toBe('unsupported_media_type');
  });

  it.each([undefined, null, true, 1])('is refused at once if the parser left %j', async (body) => {
    expect(await refused({ body })).toBe('body_already_read');
  });

  it('is refused at once while another reader is still reading it', async () => {
    const headers = { 'content-type': FORM, 'content-length': '1000' };
    const ctx = requestContext({ method: 'POST', body: 'a=1', headers });
    await new Promise((read) => ctx.req.once('data', read));
    await expect(readForm(ctx)).rejects.toMatchObject({ code: 'body_already_read' });
  });
});

describe('a form that was not read before', () => {
  it('is read from the request, whatever a parser put at `body`', async () => {
    const headers = { 'content-type': FORM, 'content-length': '3' };
    const ctx = requestContext({ method: 'POST', body: 'a=1', headers });
    Object.assign(ctx.req, { body: {} });
    expect((await readForm(ctx)).text('a')).toBe('1');
  });
});

function formData(pairs: readonly (readonly [string, string])[]): FormData {
  const data = new FormData();
  for (const [name, value] of pairs) data.append(name, value);
  return data;
}
