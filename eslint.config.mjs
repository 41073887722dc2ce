import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';
import { importX } from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';

/** Room -> what it may import besides itself. This table IS the architecture; docs/architecture.md quotes it. */
const ROOMS = {
  contract: ['domain'],
  domain: [],
  workflows: ['contract', 'domain', 'activities'],
  activities: ['contract', 'domain'],
  adapters: ['domain'],
  temporal: ['contract', 'domain'],
  app: ['contract', 'domain', 'workflows', 'activities', 'adapters', 'temporal'],
  api: ['contract', 'domain', 'app'],
  cli: ['contract', 'domain', 'app'],
  'worker.ts': ['app'],
  'supervisor.ts': ['app'],
};
const ADAPTERS = ['docebo', 'graph', 'mail'];
const zone = (target, from, allowed, message) => ({ target, from, except: allowed.map((a) => `./${a}`), message });
const zones = [
  ...Object.entries(ROOMS).map(([room, may]) =>
    zone(`./src/${room}`, './src', [room, ...may], `${room} may import only: ${[room, ...may].join(', ')}`),
  ),
  ...ADAPTERS.map((a) =>
    zone(`./src/adapters/${a}`, './src/adapters', [a, 'http'], 'adapters do not import each other'),
  ),
  ...['test', 'simulators', 'demo', 'chaos', 'fuzz', 'bench'].map((f) => ({
    target: './src',
    from: `./${f}`,
    message: `src never imports ${f}`,
  })),
  ...['simulators', 'demo', 'chaos', 'fuzz'].map((f) => ({
    target: `./${f}`,
    from: './src',
    message: `${f} imports nothing of the product: a wrong mapping must not agree with itself`,
  })),
  { target: './simulators/kit', from: './simulators', except: ['./kit'], message: 'the kit knows no simulator' },
];
const noBuiltins = builtinModules
  .flatMap((m) => [m, `node:${m}`])
  .map((name) => ({ name, message: 'pure/deterministic code: no Node built-ins' }));

export default tseslint.config(
  { ignores: ['lib/**', 'node_modules/**', '.cache/**', '.convoke/**'] },
  {
    files: [
      'src/**/*.ts',
      'test/**/*.ts',
      'simulators/**/*.ts',
      'demo/**/*.ts',
      'chaos/**/*.ts',
      'fuzz/**/*.ts',
      'bench/**/*.ts',
    ],
    extends: [...tseslint.configs.recommendedTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { project: './test/tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: './test/tsconfig.json' })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      // Fastify handlers and ports are promises by contract, with or without an await inside.
      '@typescript-eslint/require-await': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      'import-x/no-extraneous-dependencies': ['error', { devDependencies: false, includeTypes: true }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'process.env is read in src/app/env.ts only' },
      ],
    },
  },
  {
    // The type of the activities IS what their factory returns: workflows take it from there.
    files: ['src/activities/**/*.ts', 'src/workflows/activity-proxies.ts'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  { files: ['src/app/env.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['src/cli/**', 'demo/**/*.ts', 'chaos/**/*.ts', 'fuzz/**/*.ts', 'bench/**/*.ts', 'simulators/**/main.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['src/{contract,domain,workflows}/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: noBuiltins }] },
  },
  {
    files: ['test/**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { name: 'fast-check', message: 'take fc from test/support/properties: one seed for all' },
      ],
    },
  },
  {
    files: ['src/domain/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval'],
      'no-restricted-syntax': [
        'error',
        { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'take `now` as an argument' },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'take `now` as an argument' },
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: 'take randomness as an argument',
        },
      ],
    },
  },
  {
    files: ['src/workflows/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[importKind!='type'][source.value=/activities/]",
          message: 'workflows import activities as types only',
        },
      ],
    },
  },
);
