/** Native ESM: the same module semantics as production. Start through `npm run jest`. */
const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
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

export default {
  workerIdleMemoryLimit: '768MB',
  projects: [{ ...base, displayName: 'all', testMatch: ['<rootDir>/test/**/*.test.{ts,tsx}'] }],
};
