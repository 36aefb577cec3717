import './compile-cache';
import { environmentVariables } from './config/env';
import { COMMANDS } from './cli/commands';
import { runCommand } from './cli/run';

runCommand(COMMANDS, process.argv.slice(2), {
  environment: environmentVariables(),
  print: (text) => console.log(text),
  complain: (text) => console.error(text),
}).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(3);
  },
);
