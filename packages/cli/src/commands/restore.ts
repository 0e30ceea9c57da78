import {
  type ArchiveBatch,
  type ArchiveContent,
  countAll,
  encodeArchive,
  isMicroblogError,
} from '@microblog/core';
import { type Config, controlClient, loadConfig } from '@microblog/host-koa/composition';
import { Command } from 'commander';
import { describeCounts } from '../archive/describe-archive.ts';
import {
  type ArchiveSource,
  openArchive,
  readContent,
  spoolArchive,
  verifyArchive,
} from '../archive/read-archive.ts';
import type { CommandContext } from '../command-context.ts';
import { confirm, sayNothingChanged } from '../confirm.ts';
import { UsageError } from '../exit-codes.ts';
import { openMigrated } from '../open.ts';
import { progressBar } from '../progress-bar.ts';
import { printLine, type Terminal } from '../terminal.ts';

interface RestoreOptions {
  readonly replace?: boolean;
  readonly yes?: boolean;
  readonly check?: boolean;
  readonly json?: true;
}

export function restoreCommand({ terminal }: CommandContext): Command {
  return new Command('restore')
    .description('put back an archive, all or nothing, after checking the whole of it')
    .argument('<file>', 'the archive; - for standard input')
    .option('--check', 'check the archive only; no database is needed')
    .option('--replace', 'delete everything that is there first')
    .option('-y, --yes', 'do not ask')
    .option('--json', 'print JSON')
    .action(async (file: string, { replace = false, yes = false, check = false, json }: RestoreOptions) => {
      await using source = await openSource(file, terminal, check);
      const { counts, createdAt, sha256 } = await verify(source, terminal);
      if (!check) {
        const question = 'Delete everything in the database and restore the archive in its place?';
        if (replace && !(await confirm(terminal, question, { yes }))) {
          sayNothingChanged(terminal, { json });
          return;
        }
        await restore(source, terminal, replace);
      }
      const done = check ? 'The archive is whole:' : 'Restored';
      const made = `of ${createdAt.toISOString()}`;
      if (json)
        printLine(terminal.stdout, JSON.stringify({ file, sha256, createdAt, counts, restored: !check }));
      else printLine(terminal.stdout, `${done} ${describeCounts(counts)}, ${made}.`);
    });
}

async function openSource(file: string, terminal: Terminal, check: boolean): Promise<ArchiveSource> {
  if (file !== '-') return openArchive(file);
  if (terminal.stdin.isTTY)
    throw new UsageError('Nothing is sent to standard input: microblog restore - < FILE');
  if (!check && loadConfig(terminal.environment).profile === 'heroku') {
    throw new UsageError(
      'A dyno has no place to set the archive aside while it is checked. Run this command on a machine of your own with the DATABASE_URL of the app.',
    );
  }
  return spoolArchive(terminal.stdin);
}

async function verify(source: ArchiveSource, terminal: Terminal) {
  using bar = progressBar(terminal, 'Checking');
  return verifyArchive(source, {
    onStart: (total) => bar.start(total),
    onRecords: (count) => bar.advance(count),
  });
}

/** Into the database, or through the process that holds it. */
async function restore(source: ArchiveSource, terminal: Terminal, replace: boolean): Promise<void> {
  using bar = progressBar(terminal, 'Restoring');
  const config: Config = loadConfig(terminal.environment);
  const content = watched(await readContent(source), {
    onStart: (total) => bar.start(total),
    onRecords: (count) => bar.advance(count),
    onEnd: () => bar.rename('Storing'),
  });
  try {
    await using application = await openMigrated(terminal, { movesEverything: true });
    await application.archive.load(content, { replace });
    return;
  } catch (error) {
    if (!isMicroblogError(error, 'storage_locked')) throw error;
  }
  const lines = encodeArchive(content, new Date());
  await controlClient(config.dataDirectory).writeArchive(lines, { replace });
}

interface Watch {
  onStart(total: number): void;
  onRecords(count: number): void;
  onEnd(): void;
}

function watched(content: ArchiveContent, { onStart, onRecords, onEnd }: Watch): ArchiveContent {
  async function* batches(): AsyncGenerator<ArchiveBatch> {
    onStart(countAll(content.counts));
    for await (const batch of content.batches()) {
      yield batch;
      onRecords(batch.records.length);
    }
    onEnd();
  }
  return { migrations: content.migrations, counts: content.counts, batches };
}
