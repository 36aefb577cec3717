import { guardedControllers } from './guarded-controllers.mjs';
import { maxParams } from './max-params.mjs';
import { noGrantSwitch } from './no-grant-switch.mjs';
import { noProfileNames } from './no-profile-names.mjs';
import { noVagueFolders } from './no-vague-folders.mjs';

/** House rules that no published plugin has; used by eslint.config.js as `tokenidp/…`. */
export const houseRules = {
  rules: {
    'guarded-controllers': guardedControllers,
    'max-params': maxParams,
    'no-grant-switch': noGrantSwitch,
    'no-profile-names': noProfileNames,
    'no-vague-folders': noVagueFolders,
  },
};
