import { counted } from '../../counted.ts';
import { type Finding, fail, ok } from '../../finding.ts';
import type { ReachedDatabase } from './database.ts';

export async function checkMigrations({ diagnosis, config }: ReachedDatabase): Promise<Finding> {
  const { applied, pending, unknown } = await diagnosis.migrations();
  if (unknown.length > 0) {
    return fail(
      'database.migrations',
      `The database is newer than this program: it has ${unknown.join(', ')}.`,
      'Update the program, or run "microblog downgrade" with the newer one.',
    );
  }
  if (pending.length === 0)
    return ok('database.migrations', `Every migration is applied; the last is ${applied.at(-1)}.`);
  if (config.database.kind === 'embedded') {
    return ok(
      'database.migrations',
      `At the next start, ${counted(pending.length, 'migration')} will be applied.`,
    );
  }
  const command = applied.length === 0 ? 'init' : 'upgrade';
  return fail(
    'database.migrations',
    `The database lacks ${counted(pending.length, 'migration')}: ${pending.join(', ')}.`,
    config.profile === 'heroku' ? `Run: heroku run ${command}` : `Run: microblog ${command}`,
  );
}
