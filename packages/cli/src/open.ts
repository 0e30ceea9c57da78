import { type Application, type Config, loadConfig, openApplication } from '@microblog/host-koa/composition';
import type { Terminal } from './terminal.ts';

/**
 * The application for a command: quiet, since a command says itself what it did, and closed by `using`.
 */
export async function openForCommand({ environment }: Terminal): Promise<Application> {
  const config: Config = loadConfig(environment);
  return openApplication({ ...config, log: { level: 'silent' } });
}
