import { guardedControllers } from './guarded-controllers.mjs';
import { maxParams } from './max-params.mjs';
import { noVagueFolders } from './no-vague-folders.mjs';

/** House rules that no published plugin has; used by eslint.config.js as `tokenidp/…`. */
export const houseRules = {
  rules: {
    'guarded-controllers': guardedControllers,
    'max-params': maxParams,
    'no-vague-folders': noVagueFolders,
  },
};
