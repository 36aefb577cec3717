import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// The first start compiles, the next ones read: beside the build, since what is read there is run. A folder that cannot
// be written to is no reason not to start.
enableCompileCache(join(__dirname, '.compile-cache'));
