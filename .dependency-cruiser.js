/**
 * Who may import whom: the direction between the packages, and inside the two that have layers.
 * Everything a rule does not name is decided by each package's own `package.json` (`not-a-dependency`).
 */

const source = '^packages/[^/]+/src/';
/** Tests, and what is published to help with tests, may import more. */
const tests = '[.]test[.]ts$';

/** One file holds all of a table, the types of its rows too. */
const filesOfTables = [
  '^packages/adapters-postgres/src/(tables/|database[.]ts$)',
  '^packages/core/src/memory/',
];

/** @param {string[]} names of packages on npm @returns {string} where they are installed */
const npm = (...names) => `/node_modules/(${names.join('|')})/`;

/**
 * Allows a package nothing but its own files and what is listed.
 * @param {string} name @param {{ packages?: string[], modules?: string[], builtIns?: boolean, except?: string[] }} allowed
 */
function onlyImports(name, { packages = [], modules = [], builtIns = false, except = [] }) {
  const folders = [name, ...packages].map((folder) => `^packages/${folder}/`);
  return {
    name: `${name}-imports`,
    comment: `packages/${name} may import ${[...packages, ...modules, ...(builtIns ? ['node:*'] : [])].join(', ')} and itself.`,
    severity: 'error',
    from: { path: `^packages/${name}/src/`, pathNot: [tests, ...except] },
    to: {
      couldNotResolve: false,
      pathNot: [...folders, npm(...modules)],
      ...(builtIns ? { dependencyTypesNot: ['core'] } : {}),
    },
  };
}

/**
 * The folders ("wings") of host-koa's sources, from the lowest to the highest. A wing imports only those that its line
 * names; `create-koa-app.ts`, `server.ts` and `index.ts` put them together.
 */
const wings = {
  i18n: [],
  site: ['i18n'],
  operations: [],
  templates: [],
  outbound: ['i18n', 'site', 'operations'],
  http: ['i18n', 'site', 'operations', 'templates', 'outbound'],
  views: ['i18n', 'site', 'http'],
  open: ['i18n', 'site', 'operations', 'http', 'views'],
  pages: ['i18n', 'site', 'operations', 'templates', 'outbound', 'http', 'views'],
  composition: ['i18n', 'site', 'operations', 'outbound'],
};

/** @param {string} wing @param {string[]} allowed the wings that it may import */
function wingImports(wing, allowed) {
  const folders = [wing, ...allowed].map((name) => `^packages/host-koa/src/${name}/`);
  return {
    name: `wing-${wing}`,
    comment: `packages/host-koa/src/${wing} may import ${allowed.join(', ') || 'no other wing'}; see "wings" here.`,
    severity: 'error',
    from: { path: `^packages/host-koa/src/${wing}/`, pathNot: tests },
    to: {
      path: '^packages/host-koa/src/',
      pathNot: [...folders, '^packages/host-koa/src/(host-errors|version)[.]ts$'],
    },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    onlyImports('core', { modules: ['zod'], except: ['^packages/core/src/testing/'] }),
    {
      name: 'core-testing-imports',
      comment: 'The contract suites run under any test framework: they assert with node:assert alone.',
      severity: 'error',
      from: { path: '^packages/core/src/testing/', pathNot: tests },
      to: { pathNot: ['^packages/core/', npm('zod'), '^(node:)?assert'] },
    },
    {
      name: 'testing-stays-out-of-core',
      comment: 'What core runs on must not need what helps its tests.',
      severity: 'error',
      from: { path: '^packages/core/src/', pathNot: ['^packages/core/src/testing/', tests] },
      to: { path: '^packages/core/src/testing/' },
    },
    onlyImports('adapters-postgres', {
      packages: ['core'],
      modules: ['knex', 'objection', 'pg', '@types/pg', '@electric-sql/pglite[^/]*', 'knex-pglite'],
      builtIns: true,
    }),
    onlyImports('adapters-search', {
      packages: ['core'],
      builtIns: true,
    }),
    {
      name: 'host-koa-imports',
      comment: 'The host is on top of core and the adapters, and below the command line.',
      severity: 'error',
      from: { path: '^packages/host-koa/src/', pathNot: tests },
      to: { path: '^packages/', pathNot: '^packages/(host-koa|core|adapters-postgres|adapters-search)/' },
    },
    {
      name: 'cli-imports',
      comment:
        'Commands work through core and the composition root, so that most of them load no web framework.',
      severity: 'error',
      from: { path: '^packages/cli/src/', pathNot: tests },
      to: {
        path: '^packages/',
        pathNot: ['^packages/(cli|core)/', '^packages/host-koa/src/(composition/index|server)[.]ts$'],
      },
    },
    {
      name: 'cli-loads-the-server-late',
      comment: 'Only the command that serves loads the server, when it runs: await import().',
      severity: 'error',
      from: { path: '^packages/cli/src/' },
      to: {
        path: '^packages/host-koa/src/server[.]ts$',
        dependencyTypesNot: ['dynamic-import', 'type-only'],
      },
    },
    {
      name: 'server-only-in-serve',
      comment: 'Only the command that serves loads the server.',
      severity: 'error',
      from: { path: '^packages/cli/src/', pathNot: ['^packages/cli/src/commands/serve[.]ts$', tests] },
      to: { path: '^packages/host-koa/src/server[.]ts$' },
    },
    {
      name: 'composition-without-koa',
      comment:
        'The composition root is what commands load: no web framework and no templates, not even through another file, nor their types.',
      severity: 'error',
      from: { path: '^packages/host-koa/src/composition/', pathNot: tests },
      to: { path: npm('koa', '@koa/[^/]+', 'koa-[^/]+', 'nunjucks'), reachable: true },
    },
    {
      name: 'objection-only-in-adapters-postgres',
      severity: 'error',
      from: { path: source, pathNot: '^packages/adapters-postgres/' },
      to: { path: npm('objection', 'knex-pglite', 'pg', '@electric-sql/pglite[^/]*') },
    },
    {
      name: 'inversify-only-in-composition',
      severity: 'error',
      from: { path: source, pathNot: '^packages/host-koa/src/composition/' },
      to: { path: npm('inversify', '@inversifyjs/[^/]+', 'reflect-metadata') },
    },
    ...Object.entries(wings).map(([wing, allowed]) => wingImports(wing, allowed)),
    {
      name: 'core-kernel-imports',
      comment: 'What every other folder of core may import imports none of them.',
      severity: 'error',
      from: { path: '^packages/core/src/kernel/', pathNot: tests },
      to: { path: '^packages/core/src/', pathNot: '^packages/core/src/kernel/' },
    },
    {
      name: 'tables-in-memory-apart',
      comment: 'A table in memory knows the rows of others by the store, not their files.',
      severity: 'error',
      from: { path: '^packages/core/src/memory/tables/', pathNot: '/index[.]ts$' },
      to: {
        path: '^packages/core/src/memory/(tables/|memory-)',
        pathNot: '/follow-key[.]ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'tables-in-postgres-apart',
      comment:
        'A table may use the rows of another, not its repository: what is shared is a query of its own.',
      severity: 'error',
      from: {
        path: '^packages/adapters-postgres/src/tables/([a-z-]+)(/|[.]ts$)',
        pathNot: '/tables/(index|models|constraint-errors)[.]ts$',
      },
      to: {
        path: '^packages/adapters-postgres/src/tables/',
        pathNot:
          '^packages/adapters-postgres/src/tables/(users/row|table|models|keyset|paged-statement|readable-by|constraint-meanings|$1/[a-z-]+)[.]ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'postgres-connection-imports',
      comment: 'A connection knows nothing of what is kept in the database.',
      severity: 'error',
      from: { path: '^packages/adapters-postgres/src/connection/', pathNot: tests },
      to: {
        path: '^packages/adapters-postgres/src/',
        pathNot: '^packages/adapters-postgres/src/connection/',
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: source },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-cycles-of-types',
      comment:
        'What two files need from each other is a third file. Files of tables may: a table names the storage, and the storage lists its tables.',
      severity: 'error',
      from: { path: source, pathNot: [tests, ...filesOfTables] },
      to: { circular: true, viaOnly: { pathNot: filesOfTables } },
    },
    {
      name: 'packages-by-name',
      comment: 'Another package is imported by its name, through its exports, as those do who install it.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/', pathNot: tests },
      to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'examples-by-name',
      comment: 'Examples show how to use what is published.',
      severity: 'error',
      from: { path: '^examples/', pathNot: tests },
      to: { path: '^(packages|tests|scripts)/', dependencyTypes: ['local'] },
    },
    {
      name: 'no-tests-in-sources',
      severity: 'error',
      from: { path: source, pathNot: tests },
      to: { path: [tests, '^packages/[^/]+/tests/', '^tests/'] },
    },
    {
      name: 'no-dev-dependencies-at-run-time',
      comment: 'Whoever installs the package does not have them. Move it to dependencies.',
      severity: 'error',
      from: { path: source, pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'not-a-dependency',
      comment: 'It is not in the package.json of the package that imports it.',
      severity: 'error',
      from: { path: source, pathNot: tests },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'not-found',
      severity: 'error',
      from: { path: source },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@microblog/source', 'import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.js', '.json', '.d.ts'],
    },
  },
};
