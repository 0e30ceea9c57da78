import { setImmediate } from 'node:timers/promises';
import { type ArchiveBatch, type ArchiveContent, type ArchiveCounts, countAll } from '@microblog/core';
import type { CommandOutput } from '@microblog/host-koa/composition';
import { describeCounts } from '../archive/describe-archive.ts';
import { openArchive, readContent, readTrailer, verifyArchive } from '../archive/read-archive.ts';
import type { DatabaseCommand, LocalContext } from '../command.ts';
import { confirm, printNothingChanged } from '../confirm.ts';
import { DONE, InterruptedError, UsageError } from '../exit-codes.ts';
import { progressBar } from '../progress-bar.ts';
import { printLine } from '../terminal.ts';

interface RestoreInput {
  readonly file: string;
  readonly replace?: boolean;
  readonly yes?: boolean;
  readonly check?: boolean;
  readonly json?: true;
}

export const restoreCommand: DatabaseCommand<RestoreInput, 'archives'> = {
  name: 'restore',
  description: 'restore an archive completely or not at all, after checking all of it',
  syntax: (syntax) =>
    syntax
      .argument('<file>', 'the archive; - for standard input')
      .option('--check', 'check the archive only; no database is needed')
      .option('--replace', 'delete everything in the database first')
      .option('-y, --yes', 'do not ask')
      .option('--json', 'print JSON'),
  needs: 'migrated database',
  movesEverything: true,
  handlesInterrupt: true,
  async prepare(input, context) {
    const { check = false, replace = false, yes = false } = input;
    const { terminal } = context;
    refuseUseless(input, context);
    const archive = await checked(input, context);
    if (check) {
      report(archive, input, terminal.stdout);
      return DONE;
    }
    const question = 'Delete everything in the database and restore the archive in its place?';
    if (!replace || (await confirm(terminal, question, { yes }))) return null;
    printNothingChanged(terminal, input);
    return DONE;
  },
  async run(input, { terminal, signal, services: { archives } }) {
    await using source = await openArchive(terminal.files, input.file);
    using bar = progressBar(terminal, 'Restoring');
    const content = await readContent(source);
    const { sha256 } = await readTrailer(source);
    const watch = {
      onStart: (total: number) => bar.start(total),
      onRecords: (count: number) => {
        if (signal.aborted) throw interrupted();
        bar.advance(count);
      },
      // From here on an interrupt comes too late: the restore ends as a whole.
      onEnd: () => bar.rename('Storing'),
    };
    await archives.load(watched(content, watch), { replace: input.replace === true });
    bar.stop();
    report({ counts: content.counts, createdAt: content.createdAt, sha256 }, input, terminal.stdout);
    return DONE;
  },
};

function refuseUseless({ file, check }: RestoreInput, { terminal, config }: LocalContext): void {
  if (file !== '-') return;
  if (terminal.stdin.isTTY) {
    throw new UsageError('Standard input is a terminal. Redirect a file: microblog restore - < FILE');
  }
  if (!check && config().profile === 'heroku') {
    throw new UsageError(
      'A dyno has no place to keep the archive while it is checked. Run this command on a machine of your own with the DATABASE_URL of the app.',
    );
  }
}

/** The facts about an archive that was checked completely. */
interface Archive {
  readonly counts: ArchiveCounts;
  readonly createdAt: Date;
  readonly sha256: string;
}

async function checked({ file }: RestoreInput, { terminal, signal }: LocalContext): Promise<Archive> {
  await using source = await openArchive(terminal.files, file);
  using bar = progressBar(terminal, 'Checking');
  return await verifyArchive(source, {
    onStart: (total) => bar.start(total),
    onRecords: (count) => {
      if (signal.aborted) throw interrupted();
      bar.advance(count);
    },
  });
}

/** A restore writes everything in one transaction at its end. */
function interrupted(): InterruptedError {
  return new InterruptedError('Interrupted; nothing was restored or deleted.');
}

function report(
  { counts, createdAt, sha256 }: Archive,
  { file, check = false, json }: RestoreInput,
  stdout: CommandOutput,
): void {
  const done = check ? 'The archive is whole:' : 'Restored';
  const text = json
    ? JSON.stringify({ file, sha256, createdAt, counts, restored: !check })
    : `${done} ${describeCounts(counts)}, of ${createdAt.toISOString()}.`;
  printLine(stdout, text);
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
      // An embedded database answers without the event loop, so an interrupt would wait until the end.
      await setImmediate();
      onRecords(batch.records.length);
    }
    onEnd();
  }
  return { migrations: content.migrations, counts: content.counts, batches };
}
