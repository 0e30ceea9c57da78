import { encodeArchive, isMicroblogError } from '@microblog/core';
import { type Config, controlClient, holdsDatabase, loadConfig } from '@microblog/host-koa/composition';
import { Command } from 'commander';
import { createArchiveFile } from '../archive/archive-file.ts';
import { describeCounts, describeSize } from '../archive/describe-archive.ts';
import { systemFault } from '../archive/system-fault.ts';
import { type WriteOptions, type WrittenArchive, writeArchive } from '../archive/write-archive.ts';
import type { CommandContext } from '../command-context.ts';
import { UsageError } from '../exit-codes.ts';
import { openForCommand } from '../open.ts';
import { progressBar } from '../progress-bar.ts';
import { printLine, type Terminal } from '../terminal.ts';

interface BackupOptions {
  readonly force?: true;
  readonly json?: true;
}

export function backupCommand({ terminal }: CommandContext): Command {
  return new Command('backup')
    .description('write everything into an archive, while the microblog serves or not')
    .argument('<file>', 'where to write it; - for standard output')
    .option('--force', 'replace the file where it is there already')
    .option('--json', 'print JSON; with -, on standard error')
    .action(async (file: string, { force, json }: BackupOptions) => {
      const config = loadConfig(terminal.environment);
      refuseUseless(config, file, terminal);
      const archive = await backUp(terminal, config, file, force === true);
      const { counts, sha256, bytes, createdAt } = archive;
      if (json) {
        const summary = { file, bytes, sha256, createdAt, counts };
        printLine(file === '-' ? terminal.stderr : terminal.stdout, JSON.stringify(summary));
        return;
      }
      const summary = `Backed up ${describeCounts(counts)} (${describeSize(bytes)}).`;
      if (file !== '-') printLine(terminal.stdout, `${summary}\nKeep it safe: it holds passwords' hashes.`);
      // Where standard error goes the same way as standard output, it would become part of the archive.
      else if (terminal.stderr.isTTY) printLine(terminal.stderr, summary);
    });
}

function refuseUseless({ profile, database }: Config, file: string, { stdout }: Terminal): void {
  if (file === '-' && stdout.isTTY) {
    throw new UsageError('An archive is nothing to look at. Send it on: microblog backup - > FILE');
  }
  if (file !== '-' && profile === 'heroku') {
    throw new UsageError(
      'Files of a dyno go with it. Run this command on a machine of your own with the DATABASE_URL of the app, or use -.',
    );
  }
  if (database.kind === 'embedded' && !holdsDatabase(database.directory)) {
    throw new Error(`There is no database in ${database.directory}. Set DATA_DIR or DATABASE_URL.`);
  }
}

async function backUp(
  terminal: Terminal,
  config: Config,
  file: string,
  force: boolean,
): Promise<WrittenArchive> {
  using bar = progressBar(terminal, 'Backing up');
  using interruption = interruptible();
  const { signal } = interruption;
  const options = {
    signal,
    onStart: (total: number) => bar.start(total),
    onRecords: (count: number) => bar.advance(count),
  };
  const write = (lines: AsyncIterable<string | Uint8Array>) =>
    file === '-'
      ? writeToStandardOutput(lines, terminal, options)
      : createArchiveFile(file, { force }, (sink) => writeArchive(lines, sink, options));
  try {
    return await fromDatabase(terminal, config, write);
  } catch (error) {
    throw signal.aborted ? new Error('Interrupted; no archive was kept.') : error;
  }
}

async function writeToStandardOutput(
  lines: AsyncIterable<string | Uint8Array>,
  { stdout }: Terminal,
  options: WriteOptions,
): Promise<WrittenArchive> {
  try {
    return await writeArchive(lines, stdout, options);
  } catch (error) {
    throw systemFault(error, "Can't write to standard output", 'What it goes to must take all of it.');
  }
}

/** Runs `write` on the lines of an archive, from the database or from the process that holds it. */
async function fromDatabase(
  terminal: Terminal,
  { dataDirectory }: Config,
  write: (lines: AsyncIterable<string | Uint8Array>) => Promise<WrittenArchive>,
): Promise<WrittenArchive> {
  try {
    await using application = await openForCommand(terminal, { movesEverything: true });
    return await application.storage.snapshot((content) => write(encodeArchive(content, new Date())));
  } catch (error) {
    if (!isMicroblogError(error, 'storage_locked')) throw error;
  }
  return write(await controlClient(dataDirectory).readArchive());
}

/** SIGINT and SIGTERM abort the signal, so that what was begun can be taken back. */
function interruptible(): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const names = ['SIGINT', 'SIGTERM'] as const;
  for (const name of names) process.once(name, abort);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of names) process.off(name, abort);
    },
  };
}
