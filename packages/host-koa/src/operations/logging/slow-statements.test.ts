import { describe, expect, it } from 'vitest';
import { requestContext } from '../requests/request-context.ts';
import { type SlowStatement, slowStatements } from './slow-statements.ts';

function watching(threshold: number | null, showsParameters = false) {
  const reported: SlowStatement[] = [];
  const context = requestContext();
  const observe = slowStatements({
    threshold,
    context,
    showsParameters,
    report: (slow) => void reported.push(slow),
  });
  return { observe, reported, context };
}

const statement = (milliseconds: number, ...bindings: unknown[]) => ({
  sql: 'select  *\n from posts where id = $1',
  milliseconds,
  bindings: () => bindings,
});

describe('slow statements', () => {
  it('are those that take as long as the threshold, in one line', () => {
    const { observe, reported } = watching(100);
    observe?.(statement(99));
    observe?.(statement(100.4));
    expect(reported).toEqual([
      { statement: 'select * from posts where id = $1', milliseconds: 100, route: null, requestId: null },
    ]);
  });

  it('are not watched at all without a threshold', () => {
    expect(watching(null).observe).toBeNull();
  });

  it('belong to the request that runs them, never to a request of another application', async () => {
    const { observe, reported, context } = watching(0);
    const other = watching(0);
    await context.run({ requestId: 'a', route: '/posts/:id' }, async () => {
      await Promise.resolve();
      observe?.(statement(1));
      other.observe?.(statement(1));
    });
    observe?.(statement(1));
    expect(reported.map(({ requestId, route }) => [requestId, route])).toEqual([
      ['a', '/posts/:id'],
      [null, null],
    ]);
    expect(other.reported).toMatchObject([{ requestId: null, route: null }]);
  });

  it('show values if configured, but no password hash and no e-mail address', () => {
    const { observe, reported } = watching(0, true);
    const hash = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA';
    observe?.(
      statement(
        1,
        7n,
        null,
        new Date(0),
        hash,
        JSON.stringify({ hash, id: 1 }),
        'ada@example.org',
        'x'.repeat(300),
      ),
    );
    expect(reported[0]?.parameters).toEqual([
      '7',
      'null',
      '1970-01-01T00:00:00.000Z',
      '[password hash]',
      '{"hash":"[password hash]","id":1}',
      '<address>',
      `${'x'.repeat(200)}…`,
    ]);
  });
});
