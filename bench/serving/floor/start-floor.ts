import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FloorAddresses } from './floor-program.ts';
import type { FloorSpec } from './floor-spec.ts';

export interface FloorProcess extends FloorAddresses {
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts the floor programs, both in one process. */
export async function startFloor(spec: FloorSpec): Promise<FloorProcess> {
  const program = fileURLToPath(new URL('./floor-program.ts', import.meta.url));
  const child = fork(program, {
    execArgv: ['--conditions=@microblog/source'],
    env: { PATH: process.env.PATH, NODE_ENV: 'production' },
  });
  const ended = once(child, 'exit');
  child.send(spec);
  const [addresses] = (await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => {
      throw new Error(`The floor ended with ${code}.`);
    }),
  ])) as [FloorAddresses];
  return {
    ...addresses,
    pid: child.pid ?? 0,
    async stop() {
      child.disconnect();
      await ended;
    },
  };
}
