// The import law, generated from one object: each lib → the libs it may import, and those through their front door only.
const kernel = ['kernel'];
const database = ['database', ...kernel];
const adminApi = ['admin-api', ...database];
const tenancy = ['tenancy', ...adminApi];
const audit = ['audit', ...tenancy];
const features = ['keys', 'clients', 'users', ...audit];

const MAY_IMPORT = {
  kernel: [],
  database: kernel,
  'admin-api': database,
  tenancy: adminApi,
  audit: tenancy,
  keys: audit,
  clients: audit,
  users: audit,
  webhooks: audit,
  oauth: features,
  login: ['oauth', ...features],
};

const anyLib = '^libs/[^/]+/';
const frontDoor = '^libs/[^/]+/src/index\\.ts$';

const importLaw = Object.entries(MAY_IMPORT).map(([lib, allowed]) => ({
  name: `libs/${lib}`,
  comment: `${lib} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other lib'}.`,
  severity: 'error',
  from: { path: `^libs/${lib}/` },
  to: { path: anyLib, pathNot: [lib, ...allowed].map((name) => `^libs/${name}/`) },
}));

const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    ...importLaw,
    error(
      'known-lib',
      'A new lib gets its line in MAY_IMPORT.',
      {},
      {
        path: anyLib,
        pathNot: `^libs/(${Object.keys(MAY_IMPORT).join('|')})/`,
      },
    ),
    error('libs-import-no-app', 'Only apps/idp composes.', { path: anyLib }, { path: '^apps/' }),
    error(
      'front-door-only',
      'Another lib is imported as @tokenidp/<lib>, which is its src/index.ts.',
      { path: '^libs/([^/]+)/' },
      { path: anyLib, pathNot: ['^libs/$1/', frontDoor] },
    ),
    error(
      'front-door-only-apps',
      'A lib is imported as @tokenidp/<lib>.',
      { path: '^apps/' },
      {
        path: anyLib,
        pathNot: frontDoor,
      },
    ),
    error(
      'no-relative-path-to-another-lib',
      'Another lib is imported by its name, not by a path.',
      { path: '^libs/([^/]+)/' },
      { path: anyLib, pathNot: '^libs/$1/', dependencyTypes: ['local'] },
    ),
    error(
      'no-relative-path-to-a-lib',
      'A lib is imported by its name.',
      { path: '^apps/' },
      {
        path: anyLib,
        dependencyTypes: ['local'],
      },
    ),
    error(
      'admin-web-imports-no-lib',
      'The portal speaks to the server over HTTP only.',
      { path: '^apps/admin-web/' },
      {
        path: '^(libs|apps/idp)/',
      },
    ),
    error('no-cycles', 'Files that need each other are one file, or a third is missing.', {}, { circular: true }),
    error('resolvable', 'The import does not exist, or is behind the front door.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
