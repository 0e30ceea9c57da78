import { expect, it } from 'vitest';
import { sqlStatements } from './sql-statements.ts';

it('splits a script at the semicolons that end statements', () => {
  const body = 'create function f() returns void as $$ begin; perform 1; end $$ language plpgsql';
  const nested = "select run($cmd$create index i on t (coalesce(k, ';'))$cmd$, 'x''; y')";
  expect(sqlStatements(`begin;\n${body};;\n ${nested} ;\ncommit;\n`)).toEqual([
    'begin',
    body,
    nested,
    'commit',
  ]);
});

it('needs no semicolon at the end', () => {
  expect(sqlStatements('select 1')).toEqual(['select 1']);
  expect(sqlStatements(' \n')).toEqual([]);
});
