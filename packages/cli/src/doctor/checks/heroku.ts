import type { Config } from '@microblog/host-koa/composition';
import { counted } from '../counted.ts';
import { type Finding, ok, warn } from '../finding.ts';
import type { Environment } from './configuration.ts';

/** The memory of one process if the database is a server, in megabytes. */
const PER_PROCESS = 120;

/** Findings about a dyno; empty outside Heroku. */
export function checkHeroku(
  { profile, server }: Pick<Config, 'profile' | 'server'>,
  environment: Environment,
): Finding[] {
  if (profile !== 'heroku') return [];
  return [where(environment), processes(server.workers, environment), environmentOfNode(environment)];
}

function where({ DYNO }: Environment): Finding {
  return DYNO === undefined
    ? warn(
        'heroku',
        'The Heroku profile is on, but this is not a dyno.',
        'Elsewhere, unset HEROKU: the profile writes no file and trusts the proxy.',
      )
    : ok('heroku', `Runs on the dyno ${DYNO}.`);
}

/** `MEMORY_AVAILABLE`, in megabytes, is set by the buildpack: https://devcenter.heroku.com/articles/node-concurrency */
function processes(count: number, { MEMORY_AVAILABLE = '512' }: Environment): Finding {
  const memory = Number(MEMORY_AVAILABLE);
  const fitting = Math.max(1, Math.floor(memory / (PER_PROCESS * 2)));
  return count > fitting
    ? warn(
        'heroku.processes',
        `${count} processes are many for the ${memory} MB of this dyno.`,
        `Set WEB_CONCURRENCY=${fitting}, or take a larger dyno: beyond its memory, a dyno slows down (R14).`,
      )
    : ok('heroku.processes', `${counted(count, 'process')} fit into the ${memory} MB of this dyno.`);
}

function environmentOfNode({ NODE_ENV }: Environment): Finding {
  return NODE_ENV === 'production'
    ? ok('heroku.node-env', 'NODE_ENV is production.')
    : warn(
        'heroku.node-env',
        `NODE_ENV is ${NODE_ENV ?? 'not set'}.`,
        'Set it as the buildpack does: heroku config:set NODE_ENV=production',
      );
}
