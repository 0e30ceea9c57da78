import nunjucks from 'nunjucks';
import { escaped, escapedMember, unescaped } from '../escape.ts';

interface Nunjucks {
  readonly lib: { keys(object: object): string[]; inOperator(key: unknown, object: unknown): boolean };
  readonly runtime: {
    readonly SafeString: new (text: string) => object;
    memberLookup(object: unknown, key: unknown): unknown;
    fromIterator(list: unknown): unknown;
    makeKeywordArgs(values: object): object;
  };
}

const { lib, runtime: own } = nunjucks as unknown as Nunjucks;

/** The functions that generated code calls, by the names that it calls them. They behave as those of Nunjucks. */
export function runtimeOf(strict: boolean) {
  const w = (value: unknown) => (typeof value === 'function' ? wrapped(value) : value);
  return {
    escaped,
    escapedMember,
    unescaped,
    w,
    Safe: own.SafeString,
    listOf: (list: unknown) => own.fromIterator(list),
    keysOf: (object: object) => lib.keys(object),
    within: (key: unknown, object: unknown) => lib.inOperator(key, object),
    keywords: (values: object) => own.makeKeywordArgs(values),
    callFunction: (callee: unknown, args: readonly unknown[], name: string) =>
      Reflect.apply(callable(callee, name), undefined, args),
    callMethod(object: unknown, key: unknown, args: readonly unknown[], name: string, template = '') {
      const method = strict ? member(object, key, template) : own.memberLookup(object, key);
      return Reflect.apply(callable(method, name), object, args);
    },
    variable,
    member,
    missingVariable,
    missingMember,
  };
}

type Function = (...args: readonly unknown[]) => unknown;

/** Nunjucks passes methods on in a function that keeps their object. */
function wrapped(method: unknown): unknown {
  return own.memberLookup({ method }, 'method');
}

function callable(value: unknown, name: string): Function {
  if (!value) throw new Error(`Unable to call \`${name}\`, which is undefined or falsey`);
  if (typeof value !== 'function') throw new Error(`Unable to call \`${name}\`, which is not a function`);
  return value as Function;
}

function variable(model: Readonly<Record<string, unknown>>, name: string, template: string): unknown {
  const value = model[name];
  return value !== undefined || name in model ? value : missingVariable(name, template);
}

function member(object: unknown, key: unknown, template: string): unknown {
  // Optional values are null in our models. Reading a property of null gives undefined, as in lenient templates.
  const isMember =
    object === null || object === undefined || typeof key === 'number' || String(key) in Object(object);
  return isMember ? own.memberLookup(object, key) : missingMember(String(key), template);
}

function missingVariable(name: string, template: string): never {
  throw new Error(`${template} names a variable that does not exist: "${name}".`);
}

function missingMember(name: string, template: string): never {
  throw new Error(`${template} names a property that does not exist: "${name}".`);
}
