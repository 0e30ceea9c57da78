import type { CommandTerminal, NewFile, OpenFile } from './command-terminal.ts';
import { type TerminalCall, terminalCalls } from './protocol.ts';

/** The user's side of a command that runs in another process. */
export interface TerminalReplies extends AsyncDisposable {
  /** Performs a call. @throws for an unknown call or invalid parameters, and whatever the terminal throws. */
  reply(name: string, parameters: unknown): Promise<unknown>;
}

type Replies = Readonly<Record<string, (parameters: unknown) => Promise<unknown>>>;

/** Answers the calls of a command on `terminal`. Unfinished files are deleted at the end. */
export function terminalReplies(terminal: CommandTerminal): TerminalReplies {
  const newFiles = numbered<NewFile>();
  const openFiles = numbered<OpenFile>();
  const input = terminal.stdin.read()[Symbol.asyncIterator]();

  const replies: Replies = Object.fromEntries([
    to(terminalCalls.print, ({ stream, bytes }) => print(terminal[stream], fromBase64(bytes))),
    to(terminalCalls.ask, ({ question }) => terminal.ask(question)),
    to(terminalCalls.readInput, async () => {
      const { done, value } = await input.next();
      return done ? null : toBase64(value);
    }),
    to(terminalCalls.createFile, async ({ path, force }) =>
      newFiles.add(await terminal.files.create(path, { force })),
    ),
    to(terminalCalls.writeFile, async ({ file, bytes }) => {
      await newFiles.get(file).write(fromBase64(bytes));
      return null;
    }),
    to(terminalCalls.keepFile, async ({ file }) => {
      await newFiles.get(file).keep();
      newFiles.remove(file);
      return null;
    }),
    to(terminalCalls.discardFile, async ({ file }) => {
      await newFiles.get(file).discard();
      newFiles.remove(file);
      return null;
    }),
    to(terminalCalls.openFile, async ({ path }) => {
      const opened = await terminal.files.open(path);
      return { file: openFiles.add(opened), size: opened.size };
    }),
    to(terminalCalls.readFile, async ({ file, position, length }) =>
      toBase64(await openFiles.get(file).read(position, length)),
    ),
    to(terminalCalls.closeFile, async ({ file }) => {
      await openFiles.get(file).close();
      openFiles.remove(file);
      return null;
    }),
  ]);
  return {
    async reply(name, parameters) {
      const reply = Object.hasOwn(replies, name) ? replies[name] : undefined;
      if (reply === undefined)
        throw new Error(`A command asks for "${name}", which this program does not know.`);
      return reply(parameters);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([
        ...newFiles.all().map((file) => file.discard()),
        ...openFiles.all().map((file) => file.close()),
      ]);
    },
  };
}

function to<Parameters, Result>(
  { name, parameters }: TerminalCall<Parameters, Result>,
  reply: (values: Parameters) => Promise<Result>,
): [name: string, reply: (values: unknown) => Promise<Result>] {
  return [name, async (values) => reply(parameters.parse(values))];
}

/** Resolves when the stream has taken the bytes. @throws the error of the stream, such as that of a closed pipe. */
function print(stream: NodeJS.WritableStream, bytes: Uint8Array): Promise<null> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => (error ? reject(error) : resolve(null)));
  });
}

interface Numbered<Item> {
  add(item: Item): number;
  /** @throws {Error} if the number is unknown or was removed. */
  get(number: number): Item;
  remove(number: number): void;
  all(): Item[];
}

function numbered<Item>(): Numbered<Item> {
  const items = new Map<number, Item>();
  let last = 0;
  return {
    add(item) {
      items.set(++last, item);
      return last;
    },
    get(number) {
      const item = items.get(number);
      if (item === undefined) throw new Error(`There is no open file ${number}.`);
      return item;
    },
    remove: (number) => void items.delete(number),
    all: () => [...items.values()],
  };
}

const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const fromBase64 = (text: string) => Buffer.from(text, 'base64');
