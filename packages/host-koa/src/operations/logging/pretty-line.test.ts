import { expect, it } from 'vitest';
import { type Logs, openLogs } from './logs.ts';
import { type PrettyOptions, prettyLines } from './pretty-line.ts';

function written(options: PrettyOptions, log: (logger: Logs['logger']) => void): string {
  const pretty = prettyLines(options);
  let output = '';
  const stdout = {
    write(line: string) {
      output += pretty(line);
    },
  };
  log(openLogs({ level: 'info', stdout }).logger);
  return output;
}

const plain = { colours: false, times: false };
const request = { requestId: 'abc', method: 'GET', route: '/posts/:id', status: 200, milliseconds: 1.5 };

it('is a request in words', () => {
  expect(written(plain, (logger) => logger.info(request, 'request'))).toBe(
    'INFO: GET /posts/:id 200 in 1.5 ms {"requestId":"abc"}\n',
  );
});

it('is another event with its details, on one line whatever they hold', () => {
  const text = written(plain, (logger) => logger.warn({ note: 'a\nb\u001b[1m', route: null }, 'odd'));
  expect(text).toBe('WARN: odd {"note":"a\\nb\\u001b[1m","route":null}\n');
});

it('is an error with its stack below', () => {
  const text = written(plain, (logger) => logger.error({ err: new TypeError('no') }, 'request failed'));
  expect(text).toMatch(/^ERROR: request failed\n {4}TypeError: no\n {8}at .+\n/);
  expect(text.endsWith('\n')).toBe(true);
});

it('is the thrown value if it is not an error', () => {
  expect(written(plain, (logger) => logger.error({ err: 'nonsense' }, 'failed'))).toBe(
    'ERROR: failed {"err":"nonsense"}\n',
  );
});

it('has the time of day if configured, and colours for a terminal', () => {
  const log = (logger: Logs['logger']) => logger.info({}, 'ready');
  expect(written({ colours: false, times: true }, log)).toMatch(/^\[\d\d:\d\d:\d\d\] INFO: ready\n$/);
  expect(written({ colours: true, times: false }, log)).toContain('\u001b[32mINFO');
});
