// Type-checks every project of the workspace with the native compiler (TypeScript 7).
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './install.mjs';

const compiler = join(root, 'node_modules/typescript-native/bin/tsc');
const projects = ['tsconfig.json', 'apps/admin-web/tsconfig.json'].filter((path) => existsSync(join(root, path)));
let worst = 0;
for (const project of projects) {
  const { code } = await run(process.execPath, [compiler, '--noEmit', '-p', project]);
  worst = Math.max(worst, code);
}
process.exit(worst);
