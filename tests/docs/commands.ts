import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { createProgram } from '../../packages/cli/src/program.ts';
import { workspace } from './pages.ts';

type Command = ReturnType<typeof createProgram>;

/** Of pnpm itself, not scripts of ours. */
const pnpmCommands = ['install', 'add', 'exec', 'dlx', 'pack', 'publish'];

const { scripts } = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8'));
const processes = [...readFileSync(join(workspace, 'Procfile'), 'utf8').matchAll(/^(\w+):/gm)].map(
  ([, name]) => name,
);

/** What is wrong with the commands of ours in a text of shell commands, or in inline code. */
export function commandFaults(text: string, program: Command): string[] {
  const joined = text.replace(/\\\n/g, ' ').replace(/\s#\s.*$/gm, '');
  const calls = joined.split(/\n|&&|\|\|?|;|\$\(|\)|>|</).map(words);
  return [...calls.flatMap((call) => callFaults(call, program)), ...missingFiles(text)];
}

/** Words of a command, without quotes. */
const words = (call: string) =>
  [...call.matchAll(/"[^"]*"|'[^']*'|[^\s"']+/g)].map(([word]) => word.replace(/^["']|["']$/g, ''));

function callFaults(call: readonly string[], program: Command): string[] {
  const pnpm = call.findIndex((word) => /^pnpm(@\d+)?$/.test(word));
  if (pnpm >= 0) {
    const rest = call.slice(pnpm + 1).filter((word, index) => !(index === 0 && word === 'run'));
    const [script = ''] = rest;
    if (script === 'microblog') return usageFaults(rest.slice(1), program);
    if (script in scripts || pnpmCommands.includes(script) || /^$|^-|^[<…]/.test(script)) return [];
    return [`pnpm ${script}: there is no such script`];
  }
  const main = call.findIndex((word) => /^microblog$|cli\/dist\/main\.js$/.test(word));
  const isCall = main === 0 || /^(node|env|sudo|exec|[\w.]+=.*|.*\/cron.*)$/.test(call[main - 1] ?? '');
  if (main >= 0 && isCall) return usageFaults(call.slice(main + 1), program);
  const [tool, run, name = ''] = call.filter((word) => !word.startsWith('-'));
  if (tool !== 'heroku' || run !== 'run') return [];
  // A process type of the Procfile, or a whole command in quotes.
  if (name.includes(' ')) return callFaults(words(name), program);
  return name === '' || processes.includes(name)
    ? []
    : [`heroku run ${name}: the Procfile has no such process`];
}

/** Names of commands and options are looked up; arguments may be anything, but not more than there are. */
function usageFaults(given: readonly string[], program: Command): string[] {
  const faults: string[] = [];
  let command = program;
  let values = 0;
  for (let index = 0; index < given.length; index++) {
    const word = given[index] ?? '';
    // A placeholder for any command, or the end of what is shown.
    if (/^[<…[]|^\.\.\.$/.test(word)) break;
    if (/^-./.test(word)) {
      const [flag = ''] = word.split('=');
      const option = [...command.options, ...program.options].find(
        ({ short, long }) => flag === short || flag === long,
      );
      if (option === undefined && flag !== '--help') faults.push(`${nameOf(command)} has no option ${flag}`);
      if (option?.required && !word.includes('=')) index++;
      continue;
    }
    if (command === program && word === 'help') continue;
    if (command.commands.length === 0) {
      values++;
      continue;
    }
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined) return [...faults, `${nameOf(command)} has no command ${word}`];
    command = next;
  }
  const { registeredArguments } = command;
  if (values > registeredArguments.length && !registeredArguments.some(({ variadic }) => variadic))
    faults.push(`${nameOf(command)} takes ${registeredArguments.length} arguments`);
  return faults;
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

/** Files of this repository that a command names. */
function missingFiles(text: string): string[] {
  return [...text.matchAll(/(?:^|\s)((?:deploy|examples|scripts|packages)\/[\w./-]+)/g)]
    .flatMap(([, file]) => file ?? [])
    .filter((file) => !file.includes('/dist/') && !existsSync(join(workspace, file)))
    .map((file) => `${file}: there is no such file`);
}
