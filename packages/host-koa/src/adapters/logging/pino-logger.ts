import { type LevelWithSilent, type Logger, pino, stdTimeFunctions } from 'pino';
import { build as prettyStream } from 'pino-pretty';

const base = { base: null, timestamp: stdTimeFunctions.isoTime };

/** JSON lines on stdout, written before the call returns, so that nothing is lost at exit. */
export function jsonLogger(level: LevelWithSilent): Logger {
  return pino(
    { ...base, level, formatters: { level: (label) => ({ level: label }) } },
    pino.destination({ fd: 1, sync: true }),
  );
}

/** For people at a terminal: plain coloured lines there, JSON lines where stdout is piped. */
export function consoleLogger(level: LevelWithSilent): Logger {
  if (!process.stdout.isTTY) return jsonLogger(level);
  const stream = prettyStream({ translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname', sync: true });
  return pino({ ...base, level }, stream);
}
