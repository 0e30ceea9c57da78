import { migrate, postgresJobQueue, postgresStorage } from '@microblog/adapters-postgres';
import { createMicroblog } from '@microblog/core';
import { subscribe } from './subscribe.ts';
import type { Endpoint } from './webhook.ts';

export interface Settings {
  readonly databaseUrl: string;
  readonly endpoint: Endpoint;
}

/** The same for the process that publishes and for the one that sends: only the latter calls `microblog.start`. */
export async function buildApp({ databaseUrl, endpoint }: Settings) {
  const storage = postgresStorage({ connectionString: databaseUrl });
  await migrate(storage);
  const logger = console;
  const microblog = createMicroblog({ storage, jobs: postgresJobQueue(storage, { logger }), logger });
  subscribe(microblog, endpoint);
  return {
    microblog,
    close: async () => {
      await microblog.stop();
      await storage.close();
    },
  };
}

export function settingsFrom(environment: NodeJS.ProcessEnv): Settings {
  const { DATABASE_URL, WEBHOOK_URL, WEBHOOK_SECRET } = environment;
  if (!DATABASE_URL || !WEBHOOK_URL || !WEBHOOK_SECRET) {
    throw new Error('Set DATABASE_URL, WEBHOOK_URL and WEBHOOK_SECRET (whsec_…, see the README).');
  }
  return { databaseUrl: DATABASE_URL, endpoint: { url: WEBHOOK_URL, secret: WEBHOOK_SECRET } };
}
