import { parseSearchQuery } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { matchExpression } from './match-expression.ts';

describe('matchExpression', () => {
  it.each([
    ['red house', '{words} : (("red") AND ("house"))'],
    ['"red house"', '{words} : (("red house"))'],
    ['cats or dog*', '{words} : (("cats" OR "dog" *))'],
    ['jam -tea', '({words} : (("jam"))) NOT ({words} : ("tea"))'],
    ['-tea', '({tags} : ("any")) NOT ({words} : ("tea"))'],
    ['jam lang:es lang:en', '{words} : (("jam")) AND {tags} : (("les" OR "len"))'],
    ['lang:es', '{tags} : (("les"))'],
    ['jam -lang:es -tea', '({words} : (("jam"))) NOT ({words} : ("tea") OR {tags} : ("les"))'],
    ['-lang:es -lang:en', '({tags} : ("any")) NOT ({tags} : ("les" OR "len"))'],
  ])('of %s', (query, expected) => {
    expect(matchExpression(parseSearchQuery(query).query)).toBe(expected);
  });
});
