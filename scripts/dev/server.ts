/** The server that `pnpm dev` starts again and again: as `microblog serve`, with sample people. */

import { demoContent } from '../../packages/cli/src/demo/demo-content.ts';
import { describeError } from '../../packages/cli/src/describe-error.ts';
import { endWithin, STOP_DEADLINE } from '../../packages/cli/src/serving/deadline.ts';
import { runServed } from '../../packages/cli/src/serving/run-served.ts';
import { receiveSignals } from '../../packages/cli/src/serving/signals.ts';
import { isMicroblogError, operator } from '../../packages/core/src/index.ts';
import {
  type Application,
  ConfigurationError,
  exitOnCrash,
  loadConfig,
  openApplication,
  openControlSocket,
  operatorServices,
  prepareDatabase,
} from '../../packages/host-koa/src/composition/index.ts';
import { startServer } from '../../packages/host-koa/src/server.ts';
import type { Ready } from './server-process.ts';

const PASSWORD = 'demo-password';

const [assets = 'packages/host-koa/dist/assets'] = process.argv.slice(2);
const signals = receiveSignals(process);
/** Resolves when the process that started this one has ended, even if it was killed. */
const orphaned = new Promise<void>((resolve) => process.once('disconnect', resolve));
try {
  await serve();
} catch (error) {
  const isExplained = error instanceof ConfigurationError || isMicroblogError(error);
  console.error(isExplained ? `dev: ${describeError(error)}` : error);
  process.exitCode = 1;
}
if (process.connected) process.disconnect();

async function serve(): Promise<void> {
  await using application = await openApplication(loadConfig(process.env, { listens: true }));
  exitOnCrash(application);
  await prepareDatabase(application);
  const accounts = await addSamplePeople(application);
  await using control = await openControlSocket(application, runServed(application));
  const server = await startServer(application, { development: { assets } });
  await application.startJobs();
  const ready: Ready = { port: Number(new URL(server.url).port), accounts };
  process.send?.(ready);
  await Promise.race([signals.stop, orphaned]);
  endWithin(STOP_DEADLINE, application.logger);
  await Promise.all([server.close(), application.microblog.stop(), control.close()]);
}

/** Adds them to an empty database, and returns how to sign in as one of them. */
async function addSamplePeople(application: Application): Promise<string> {
  const content = demoContent(new Date());
  const [administrator, moderator] = content.people.map(({ nickname }) => nickname);
  const onStart = () => console.log('dev: adding sample people with posts, once');
  const { accounts, sampleContent } = operatorServices(application);
  const added = await sampleContent.add(content, { password: PASSWORD, onStart });
  if (added && administrator !== undefined) await accounts.setRole(operator, administrator, 'admin');
  if (added && moderator !== undefined) await accounts.setRole(operator, moderator, 'moderator');
  return `Sign in as ${administrator} (administrator), ${moderator} (moderator) or any other of the ${content.people.length} sample people; password: ${PASSWORD}`;
}
