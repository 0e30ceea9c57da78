import { composeId, type UserId } from '@microblog/core';
import { busyReaders, type SeedSize } from './size.ts';

export interface SeedPerson {
  readonly id: UserId;
  readonly nickname: string;
  readonly aboutMe: string;
  readonly createdAt: Date;
  /** How many people this person follows. */
  readonly follows: number;
}

const FIRST_PERSON = Date.parse('2024-01-01T00:00:00Z');
const MINUTE = 60_000;

const names = [
  ...['marta', 'hanna', 'bruno', 'priya', 'ines', 'jonas', 'aiko', 'tomas', 'leila', 'oskar'],
  ...['yara', 'pavel', 'nadia', 'kofi', 'elena', 'mateo', 'signe', 'hugo', 'amina', 'dario'],
];

const interests = ['bread', 'trains', 'old maps', 'moss', 'chess', 'radio', 'night buses', 'fig trees'];

/**
 * Two people whose pages show the form of every page: each of their texts occurs nowhere else, so that the floor's
 * templates can be cut out of their pages. The viewer follows the author alone.
 */
export const samplePeople = { viewer: 'zqviewer', author: 'zqauthor' } as const;

/** All people in the order of their ids: the usual ones, the busy readers, then the two samples. */
export function seedPeople({ people, follows }: SeedSize): SeedPerson[] {
  const usual = Array.from({ length: people }, (_, number) => ({
    nickname: `${names[number % names.length]}_${number}`,
    follows: Math.min(follows, people - 1),
  }));
  const busy = busyReaders.follows
    .filter((count) => count <= people)
    .flatMap((count) =>
      Array.from({ length: busyReaders.perKind }, (_, number) => ({
        nickname: busyReader(count, number),
        follows: count,
      })),
    );
  const samples = [
    { nickname: samplePeople.author, follows: 0 },
    { nickname: samplePeople.viewer, follows: 1 },
  ];
  return [...usual, ...busy, ...samples].map((person, number) => {
    const at = FIRST_PERSON + number * MINUTE;
    const aboutMe = `Writes about ${interests[number % interests.length]}, mostly at night.`;
    return { ...person, id: composeId<UserId>(at, number % 65_536), aboutMe, createdAt: new Date(at) };
  });
}

/** The nickname of a reader who follows `follows` people. */
export function busyReader(follows: number, number: number): string {
  return `reader_of_${follows}_${number}`;
}
