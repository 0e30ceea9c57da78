import type { Application } from '@microblog/host-koa/composition';
import type { DemoContent } from './demo-content.ts';

interface Planting {
  readonly password: string | undefined;
  onStart(total: number): void;
  onStep(): void;
}

/**
 * Adds the sample content whole, in one transaction, or nothing where a sample person is there already.
 * Says whether it was added.
 */
export async function plantDemo(
  { storage, passwordHasher }: Pick<Application, 'storage' | 'passwordHasher'>,
  { people, follows, posts }: DemoContent,
  { password, onStart, onStep }: Planting,
): Promise<boolean> {
  const taken = await storage.users.takenNicknames(people.map(({ nickname }) => nickname));
  if (taken.size > 0) return false;
  const passwordHash = password === undefined ? null : await passwordHasher.hash(password);
  onStart(people.length + follows.length + posts.length);
  await storage.transaction(async (repositories) => {
    for (const { aboutMe, ...person } of people) {
      await repositories.users.insert(person);
      await repositories.users.update(person.id, { aboutMe });
      if (passwordHash !== null) {
        const changedAt = person.createdAt;
        await repositories.credentials.save({ userId: person.id, passwordHash, changedAt });
      }
      onStep();
    }
    for (const follow of follows) {
      await repositories.follows.insert(follow);
      onStep();
    }
    for (const post of posts) {
      await repositories.posts.insert(post);
      onStep();
    }
  });
  return true;
}
