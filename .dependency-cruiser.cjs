/**
 * Walls that need the whole graph: files that lead nowhere, imports that miss, development packages in the product. Which ring
 * may import which stands in test/support/walls.ts; cycles are found by oxlint, which can tell an import of types from others.
 */
module.exports = {
  forbidden: [
    {
      name: 'no-orphans',
      comment: 'Nothing imports it and it starts nothing.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['^[^/]+$', '\\.d\\.ts$', '^scripts/[^/]+\\.(js|ts)$', '^test/'],
      },
      to: {},
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-packages-in-the-product',
      comment: 'Gone after `npm ci --omit=dev`.',
      severity: 'error',
      from: { path: '^(src|migrations)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-tests-outside-tests',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage|data|\\.ci)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
