import { isMicroblogError } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { requestContext } from '../../../tests/support/request-context.ts';
import { readForm } from './form.ts';

const FORM = 'application/x-www-form-urlencoded';
const LIMIT = 64 * 1024;

function read(body: string | Uint8Array, headers: Record<string, string> = {}) {
  const length = String(typeof body === 'string' ? Buffer.byteLength(body) : body.length);
  const sent = { 'content-type': FORM, 'content-length': length, ...headers };
  return readForm(requestContext({ method: 'POST', body, headers: sent }));
}

async function refused(form: Promise<unknown>): Promise<string> {
  const error: unknown = await form.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isMicroblogError(error) ? error.code : String(error);
}

describe('readForm', () => {
  it('reads fields as browsers send them', async () => {
    const form = await read('body=a+b%26c%3Dd&nickname=jos%C3%A9&empty=&bare');
    expect(['body', 'nickname', 'empty', 'bare', 'absent'].map(form.text)).toEqual([
      'a b&c=d',
      'josé',
      '',
      '',
      '',
    ]);
  });

  it('keeps an equals sign in a value', async () => {
    expect((await read('a=b=c==')).text('a')).toBe('b=c==');
  });

  it('keeps the first of several fields of one name', async () => {
    expect((await read('a=1&a=2')).text('a')).toBe('1');
  });

  it('reads own fields only, not inherited names', async () => {
    const form = await read('__proto__=x&constructor=y');
    expect([form.text('__proto__'), form.text('constructor'), form.text('toString')]).toEqual(['x', 'y', '']);
  });

  it('takes any text as a ticked box', async () => {
    const form = await read('a=1&b=on&c=');
    expect(['a', 'b', 'c', 'd'].map(form.checked)).toEqual([true, true, false, false]);
  });

  it('passes a NUL on, for core to refuse at the field', async () => {
    expect((await read('body=a%00b')).text('body')).toBe('a\0b');
  });

  it('takes a charset in the content type', async () => {
    expect((await read('a=1', { 'content-type': `${FORM}; charset=UTF-8` })).text('a')).toBe('1');
  });

  it('takes 64 KB and refuses one byte more', async () => {
    expect((await read(`a=${'x'.repeat(LIMIT - 2)}`)).text('a')).toHaveLength(LIMIT - 2);
    expect(await refused(read(`a=${'x'.repeat(LIMIT - 1)}`))).toBe('body_too_large');
  });

  it.each(['application/json', 'multipart/form-data; boundary=x', 'text/plain', ''])(
    'refuses the content type %j',
    async (type) =>
      expect(await refused(read('{"a":1}', { 'content-type': type }))).toBe('unsupported_media_type'),
  );

  it.each(['a=%', 'a=%zz', 'a=%ED%A0%80', 'a=%ff', '%C3=a', 'a=100%'])(
    'refuses %j, whose escapes are not valid UTF-8',
    async (body) => expect(await refused(read(body))).toBe('malformed_body'),
  );

  it('refuses raw bytes that are not valid UTF-8', async () => {
    expect(await refused(read(Uint8Array.from([0x61, 0x3d, 0xed, 0xa0, 0x80])))).toBe('malformed_body');
  });

  it('refuses a body that is shorter than its Content-Length', async () => {
    expect(await refused(read('a=1', { 'content-length': '10' }))).toBe('malformed_body');
  });
});
