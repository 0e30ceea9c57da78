import { isMicroblogError, MicroblogError } from '@microblog/core';
import { z } from 'zod';
import { version } from '../../version.ts';
import { TerminalError } from './terminal-error.ts';

/**
 * How a command runs in the process that serves an embedded database: `POST /commands`, JSON lines both ways.
 *
 * - The command line sends an opening (`openingSchema`): the arguments as typed and facts about the terminal.
 * - The serving process runs the command. Whenever the command prints, asks, or uses a file, it sends a call
 *   (`terminalCalls`), and the command line answers with one reply.
 * - The last line is the exit code. A connection that ends before it aborts the command.
 *
 * Increase the number with every change that an older release would misunderstand.
 */
export const PROTOCOL = 1;

const screen = z.object({ isTTY: z.boolean(), columns: z.int().positive().optional() });

/** The first line of a request. */
export const openingSchema = z.object({
  protocol: z.literal(PROTOCOL),
  arguments: z.array(z.string()).min(1),
  terminal: z.object({
    stdin: z.object({ isTTY: z.boolean() }),
    stdout: screen,
    stderr: screen,
    colours: z.boolean(),
  }),
});
export type Opening = z.infer<typeof openingSchema>;

const faultSchema = z.object({
  message: z.string(),
  /** Of a `MicroblogError`. */
  code: z.string().optional(),
  /** Of an error of the operating system. */
  errno: z.int().optional(),
});
/** An error as it goes through the socket. */
export type Fault = z.infer<typeof faultSchema>;

/** A further line of a request: a reply, or the request to abort the command. */
export const fromUserSchema = z.union([
  z.object({ abort: z.literal(true) }),
  z.object({ reply: z.int(), fault: faultSchema }),
  z.object({ reply: z.int(), result: z.unknown() }),
]);
export type FromUser = z.infer<typeof fromUserSchema>;

/** A line of the answer. */
export const fromCommandSchema = z.union([
  z.object({ exit: z.int() }),
  z.object({ call: z.int(), name: z.string(), parameters: z.unknown() }),
]);
export type FromCommand = z.infer<typeof fromCommandSchema>;

/** One call of a command to the user's terminal. */
export interface TerminalCall<Parameters, Result> {
  readonly name: string;
  readonly parameters: z.ZodType<Parameters>;
  readonly result: z.ZodType<Result>;
}

function call<Parameters, Result>(
  name: string,
  parameters: z.ZodType<Parameters>,
  result: z.ZodType<Result>,
): TerminalCall<Parameters, Result> {
  return { name, parameters, result };
}

/** Base64. */
const bytes = z.string();
const file = z.int();

/** The methods of `CommandTerminal` as calls. The user's process numbers the files. */
export const terminalCalls = {
  print: call('print', z.object({ stream: z.enum(['stdout', 'stderr']), bytes }), z.null()),
  ask: call('ask', z.object({ question: z.string() }), z.string().nullable()),
  /** The next bytes of standard input; null at its end. */
  readInput: call('readInput', z.object({}), bytes.nullable()),
  createFile: call('createFile', z.object({ path: z.string(), force: z.boolean() }), file),
  writeFile: call('writeFile', z.object({ file, bytes }), z.null()),
  keepFile: call('keepFile', z.object({ file }), z.null()),
  discardFile: call('discardFile', z.object({ file }), z.null()),
  openFile: call('openFile', z.object({ path: z.string() }), z.object({ file, size: z.int() })),
  readFile: call('readFile', z.object({ file, position: z.int(), length: z.int() }), bytes),
  closeFile: call('closeFile', z.object({ file }), z.null()),
} as const;

/** The reason for a refused request: both sides must be of releases that understand each other. */
export function otherRelease(): Fault {
  return {
    message: `The process that serves the database is of another release (${version}). Restart it with the release of this command, then try again.`,
  };
}

export function toFault(error: unknown): Fault {
  if (isMicroblogError(error)) return { code: error.code, message: error.message };
  if (!(error instanceof Error)) return { message: String(error) };
  const errno = 'errno' in error && typeof error.errno === 'number' ? { errno: error.errno } : {};
  return { message: error.message, ...errno };
}

export function fromFault({ code, message, errno }: Fault): Error {
  if (code !== undefined) return new MicroblogError(code, message);
  return new TerminalError(message, errno);
}
