import { type messages, type PGlite, protocol } from '@electric-sql/pglite';
import type { HotRunner } from './hot-runner.ts';
import type { HotRow, HotValue, PreparedStatement } from './hot-statement.ts';
import type { ReportStatement } from './statements.ts';

const { serialize } = protocol;

const INVALID_STATEMENT_NAME = '26000';

/**
 * Runs hot statements on a PGlite by its protocol: one call of Postgres binds and executes a statement that was parsed
 * before. `PGlite.query` parses and describes each statement anew, in five calls.
 */
export function hotRunnerOnPGlite(pglite: PGlite, report: ReportStatement | null): HotRunner {
  /** Names of the statements that this runner has prepared. */
  const prepared = new Set<string>();

  async function execute(statement: PreparedStatement, values: readonly HotValue[]): Promise<HotRow[]> {
    const { name, text } = statement;
    const isNew = !prepared.has(name);
    const message = Buffer.concat([
      // Another storage on the same PGlite may have prepared the same text. Closing an unknown statement is no error.
      ...(isNew ? [serialize.close({ type: 'S', name }), serialize.parse({ name, text })] : []),
      serialize.bind({ statement: name, values: values.map(textOf) }),
      serialize.execute({}),
      serialize.sync(),
    ]);
    const answers = await pglite.execProtocolStream(message, { syncToFs: false });
    prepared.add(name);
    return answers.filter(isDataRow).map(({ fields }) => fields);
  }

  async function executeAgain(statement: PreparedStatement, values: readonly HotValue[], isAlone: boolean) {
    try {
      return await execute(statement, values);
    } catch (error) {
      const isLost = error instanceof Error && 'code' in error && error.code === INVALID_STATEMENT_NAME;
      if (!isLost || !prepared.delete(statement.name) || !isAlone) throw error;
      return execute(statement, values);
    }
  }

  async function measured(statement: PreparedStatement, values: readonly HotValue[], isAlone: boolean) {
    if (report === null) return executeAgain(statement, values, isAlone);
    const start = performance.now();
    try {
      return await executeAgain(statement, values, isAlone);
    } finally {
      report({ sql: statement.text, milliseconds: performance.now() - start, bindings: () => values });
    }
  }

  return async (statement, values, transaction) => {
    await pglite.waitReady;
    // Inside a knex transaction, the PGlite belongs to it already.
    if (transaction !== null) return pglite.runExclusive(() => measured(statement, values, false));
    return pglite._runExclusiveTransaction(() =>
      pglite.runExclusive(async () => {
        const rows = await measured(statement, values, true);
        await pglite.syncToFs();
        return rows;
      }),
    );
  };
}

/** By its name: a lent PGlite may come from another copy of the package. */
function isDataRow(answer: messages.BackendMessage): answer is messages.DataRowMessage {
  return answer.name === 'dataRow';
}

function textOf(value: HotValue): string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'object') {
    return `{${value.map((item) => `"${item.replace(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`;
  }
  return String(value);
}
