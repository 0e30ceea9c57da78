import { prettyFactory } from 'pino-pretty';

export interface PrettyOptions {
  readonly colours: boolean;
  /** Whether lines begin with the time; false if the log collector adds one. */
  readonly times: boolean;
}

/** Turns a JSON line into a readable one: the event on one line, a stack below it. */
export function prettyLines({ colours, times }: PrettyOptions): (line: string) => string {
  const pretty = prettyFactory({
    colorize: colours,
    translateTime: 'SYS:HH:MM:ss',
    ignore: times ? 'pid,hostname' : 'pid,hostname,time',
    singleLine: true,
    // Stacks are added below.
    errorLikeObjectKeys: [],
  });
  return (line) => {
    const { err, ...event } = withRequestInWords(JSON.parse(line));
    return pretty(err === undefined ? event : { ...event, ...withoutStack(err) }) + stackOf(err);
  };
}

type Event = Readonly<Record<string, unknown>>;

function withRequestInWords({ method, route, status, milliseconds, ...event }: Event): Event {
  if (event.msg !== 'request') return { ...event, ...defined({ method, route, status, milliseconds }) };
  return { ...event, msg: `${method} ${route ?? '(no route)'} ${status} in ${milliseconds} ms` };
}

function defined(event: Event): Event {
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));
}

function withoutStack(err: unknown): Event {
  if (!isEvent(err)) return { err };
  return defined({ details: err.details });
}

function stackOf(err: unknown): string {
  const stack = isEvent(err) ? err.stack : undefined;
  return typeof stack === 'string' ? `${stack.replace(/^/gm, '    ')}\n` : '';
}

function isEvent(value: unknown): value is Event {
  return typeof value === 'object' && value !== null;
}
