import { composeId, type UserId } from '@microblog/core';
import { fileSearchIndex } from '../../src/index.ts';

/** Adds one post after the other until it is killed, and prints a line after each: node file-writer.ts FILE FROM */
const [file = '', from = '0'] = process.argv.slice(2);
const index = fileSearchIndex({ file });
const createdAt = new Date('2026-01-01T00:00:00Z');
for (let number = Number(from); ; number++) {
  const id = composeId<never>(createdAt.getTime() + number, 0);
  const body = `number ${number} of many`;
  await index.add([{ id, authorId: '7' as UserId, body, language: null, createdAt }]);
  await new Promise<void>((written) => process.stdout.write(`${number}\n`, () => written()));
}
