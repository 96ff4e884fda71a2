/** Native ESM: the same module semantics as production. Start through `npm run jest`. */
const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        module: { type: 'es6' },
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
      },
    ],
  },
};

/** What needs neither a database nor a browser. */
const quick = [
  'test/*.test.ts',
  'test/domain/**/*.test.ts',
  'test/scripts/**/*.test.ts',
  'test/slack/views/**/*.test.ts',
  'test/sandbox/blockkit/**/*.test.ts',
  'test/sandbox/client/**/*.test.{ts,tsx}',
];
const browser = ['test/browser/**/*.test.ts'];

const inRoot = (pattern) => `<rootDir>/${pattern}`;
/** Jest knows no `<rootDir>` behind a `!`. */
const not = (pattern) => `!**/${pattern}`;

export default {
  workerIdleMemoryLimit: '768MB',
  // Jest reads it here only, not in a project. Browser stories set their own.
  testTimeout: 30_000,
  projects: [
    { ...base, displayName: 'quick', testMatch: quick.map(inRoot) },
    {
      ...base,
      displayName: 'database',
      // Everything else, so that a test in a new folder is never left out.
      testMatch: ['<rootDir>/test/**/*.test.{ts,tsx}', ...quick.map(not), ...browser.map(not)],
      globalSetup: '<rootDir>/test/support/setup-postgres.ts',
      globalTeardown: '<rootDir>/test/support/teardown-postgres.ts',
    },
    {
      ...base,
      displayName: 'browser',
      testMatch: browser.map(inRoot),
      globalSetup: '<rootDir>/test/support/setup-browser.ts',
    },
  ],
};
