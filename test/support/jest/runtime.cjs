// Loads the modules of a test file: ours anew for each file, as jest does; packages once per worker, by Node, as the
// server does. Without it most of the time of a run goes into evaluating Nest, typeorm and fastify again and again.
const { createRequire, isBuiltin } = require('node:module');
const { dirname } = require('node:path');
const { compileFunction, constants } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

const OURS = '@tokenidp/';
const isPackage = (name) => !/^[./]/.test(name) && !isBuiltin(name) && !name.startsWith(OURS);

/** What Node loaded, by the folder that asked for it and the name. */
const packages = new Map();

function requirePackage(from, name) {
  const key = `${dirname(from)}\0${name}`;
  if (!packages.has(key)) packages.set(key, createRequire(from)(name));
  return packages.get(key);
}

/** One compiled function per source, called once for each test file. */
const compiled = new Map();

function compile(source, filename, parameters) {
  const known = compiled.get(filename);
  if (known?.source === source) return known.run;
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  const run = compileFunction(source, parameters, { filename, importModuleDynamically });
  compiled.set(filename, { source, run });
  return run;
}

/** Sources do not change while a worker runs; `--watch` makes new ones. */
const sources = new Map();

class SharedPackagesRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    const { executor, fileCache, jestGlobals, transformCache } = this;
    executor.compile = (source, filename) =>
      this._environment.global ? compile(source, filename, executor.injectedModuleParameters) : null;
    const transform = transformCache.transform.bind(transformCache);
    transformCache.transform = (filename, options) => {
      if (!sources.has(filename)) sources.set(filename, transform(filename, options));
      return sources.get(filename);
    };
    const jestObjectFor = jestGlobals.jestObjectFor.bind(jestGlobals);
    jestGlobals.jestObjectFor = () => jestObjectFor(this._testPath);
  }

  requireModule(from, moduleName, options, isRequireActual) {
    // Of jest itself only the runner is loaded anew, which keeps the tests of one file.
    const isRunner = options?.isInternalModule === true;
    if (moduleName === undefined && !isRunner && from.includes('/node_modules/')) return require(from);
    if (moduleName !== undefined && isPackage(moduleName)) return requirePackage(from, moduleName);
    return super.requireModule(from, moduleName, options, isRequireActual);
  }
}

module.exports = SharedPackagesRuntime;
module.exports.default = SharedPackagesRuntime;
