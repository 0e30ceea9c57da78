import { describe, expect, it } from 'vitest';
import { parseInput } from '../kernel/input.ts';
import { cleanNickname, numberedNickname } from './clean-nickname.ts';
import { nicknameSchema } from './nickname.ts';

describe('a nickname made of a name', () => {
  it.each([
    ['john', 'john'],
    ['John.Doe_2', 'John.Doe_2'],
    ['  John  Doe ', 'John_Doe'],
    ['José Núñez-Díaz', 'Jose_Nunez_Diaz'],
    ['Jose\u0301', 'Jose'],
    ['Łukasz Straße', 'Lukasz_Strasse'],
    ['Ærøskøbing', 'AEroskobing'],
    ["O'Brien", 'OBrien'],
    ['@ada', 'ada'],
    ['ada@example.org', 'ada'],
    ['Ａｄａ', 'Ada'],
    ['ﬁ', 'fi'],
    ['山田', 'member'],
    ['Иван 7', 'Ivan_7'],
    ['аdа', 'ada'],
    ['Аdа', 'Ada'],
    ['Щукин Юрий', 'Shchukin_Yuriy'],
    ['Ольга Соловьёва', 'Olga_Soloveva'],
    ['Єва Ґудзь', 'Yeva_Gudz'],
    ['Ђорђе', 'Djordje'],
    ['Αθηνά Ψαρρού', 'Athina_Psarroy'],
    ['ada山', 'member'],
    ['山田 Taro', 'Taro'],
    ['山田 7', 'member'],
    ['ibrahim إبراهيم', 'ibrahim'],
    ['İbrahim Işık', 'Ibrahim_Isik'],
    ['🎉🎉', 'member'],
    ['ада@example.org', 'ada'],
    ['..', 'member'],
    ['_', 'member'],
    ['', 'member'],
    ['@', 'member'],
    ['<b>ada</b>', 'badab'],
    ['ada\0\u001b[2J', 'ada2J'],
    ['\ud800ada', 'ada'],
    ['👩‍👩‍👧 ada', 'ada'],
  ])('of %j is %j', (name, nickname) => expect(cleanNickname(name)).toBe(nickname));

  it.each([
    'x'.repeat(100_000),
    'é'.repeat(80),
    `${'x'.repeat(63)}__y`,
    '\ufdfa'.repeat(1_000),
    '_.'.repeat(90),
  ])('keeps to the rules however odd the name (%#)', (name) => {
    const nickname = cleanNickname(name);
    expect(parseInput(nicknameSchema, nickname)).toBe(nickname);
    for (const number of [2, 99_999_999]) {
      const numbered = numberedNickname(nickname, number);
      expect(parseInput(nicknameSchema, numbered)).toBe(numbered);
      expect(numbered.endsWith(String(number))).toBe(true);
    }
  });
});
