import { encodeArchive } from '@microblog/core';
import { type CommandTerminal, type Config, holdsDatabase } from '@microblog/host-koa/composition';
import { createArchiveFile } from '../archive/archive-file.ts';
import { describeCounts, describeSize } from '../archive/describe-archive.ts';
import { type WriteOptions, type WrittenArchive, writeArchive } from '../archive/write-archive.ts';
import type { DatabaseCommand } from '../command.ts';
import { DONE, InterruptedError, UsageError } from '../exit-codes.ts';
import { systemFault } from '../local/system-fault.ts';
import { progressBar } from '../progress-bar.ts';
import { printLine } from '../terminal.ts';

interface BackupInput {
  readonly file: string;
  readonly force?: boolean;
  readonly json?: true;
}

export const backupCommand: DatabaseCommand<BackupInput, 'archives'> = {
  name: 'backup',
  description: 'write everything to an archive, also while the microblog is serving',
  syntax: (syntax) =>
    syntax
      .argument('<file>', 'the file to write; - for standard output')
      .option('--force', 'replace the file if it exists')
      .option('--json', 'print JSON; with -, on standard error'),
  needs: 'database',
  movesEverything: true,
  handlesInterrupt: true,
  async prepare({ file }, context) {
    refuseUseless(context.config(), file, context.terminal);
    return null;
  },
  async run(input, { terminal, signal, services: { archives } }) {
    const { file, json } = input;
    using bar = progressBar(terminal, 'Backing up');
    const options: WriteOptions = {
      signal,
      onStart: (total) => bar.start(total),
      onRecords: (count) => bar.advance(count),
    };
    const written = await archives
      .snapshot((content) => write(encodeArchive(content, new Date()), input, terminal, options))
      .catch((error: unknown) => {
        throw signal.aborted ? new InterruptedError('Interrupted; no archive was kept.') : error;
      });
    bar.stop();
    const { counts, sha256, bytes, createdAt } = written;
    if (json) {
      const summary = { file, bytes, sha256, createdAt, counts };
      printLine(file === '-' ? terminal.stderr : terminal.stdout, JSON.stringify(summary));
      return DONE;
    }
    const summary = `Backed up ${describeCounts(counts)} (${describeSize(bytes)}).`;
    if (file !== '-') printLine(terminal.stdout, `${summary}\nKeep it safe: it contains password hashes.`);
    // If standard error goes to the same place as standard output, it would become part of the archive.
    else if (terminal.stderr.isTTY) printLine(terminal.stderr, summary);
    return DONE;
  },
};

function refuseUseless(
  { profile, database }: Config,
  file: string,
  { stdout }: Pick<CommandTerminal, 'stdout'>,
): void {
  if (file === '-' && stdout.isTTY) {
    throw new UsageError('An archive cannot be read on a screen. Redirect it: microblog backup - > FILE');
  }
  if (file !== '-' && profile === 'heroku') {
    throw new UsageError(
      'A dyno loses its files when it stops. Run this command on a machine of your own with the DATABASE_URL of the app, or use -.',
    );
  }
  if (database.kind === 'embedded' && !holdsDatabase(database.directory)) {
    throw new Error(`There is no database in ${database.directory}. Set DATA_DIR or DATABASE_URL.`);
  }
}

async function write(
  lines: AsyncIterable<string>,
  { file, force = false }: BackupInput,
  { files, stdout }: CommandTerminal,
  options: WriteOptions,
): Promise<WrittenArchive> {
  if (file !== '-') {
    return createArchiveFile(files, file, { force }, (sink) => writeArchive(lines, sink, options));
  }
  try {
    return await writeArchive(lines, stdout, { ...options, keepOpen: true });
  } catch (error) {
    throw systemFault(error, "Can't write to standard output", 'Its reader must take all of it.');
  }
}
