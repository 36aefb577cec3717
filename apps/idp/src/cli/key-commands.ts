import { ApiClient } from './api-client';
import { type Command, EXIT } from './command';
import { printObject } from './output';

export const keyCommands: readonly Command[] = [
  {
    words: ['keys', 'rotate'],
    summary: 'let the next key of an algorithm sign from now on',
    options: {
      algorithm: { type: 'string', value: '<alg>', description: 'ES256 when absent' },
      'dry-run': { type: 'boolean', description: 'only say what would happen' },
    },
    examples: ['tokenidp keys rotate', 'tokenidp keys rotate --algorithm RS256 --dry-run'],
    async run(invocation) {
      const { algorithm = 'ES256', 'dry-run': dryRun = false } = invocation.options;
      const path = dryRun ? 'keys/rotate?dryRun=true' : 'keys/rotate';
      printObject(invocation, (await ApiClient.from(invocation).send('POST', path, { body: { algorithm } })).body);
      return EXIT.done;
    },
  },
  {
    words: ['keys', 'revoke'],
    summary: 'withdraw a key at once: what it has signed is no longer believed',
    positionals: ['<kid>'],
    options: { reason: { type: 'string', description: 'for the audit trail' } },
    examples: ['tokenidp keys revoke <kid> --reason "copied by mistake"'],
    async run(invocation) {
      const path = `keys/${encodeURIComponent(invocation.positionals[0]!)}/revoke`;
      const body = { reason: invocation.options.reason ?? 'revoked from the terminal' };
      printObject(invocation, (await ApiClient.from(invocation).send('POST', path, { body })).body);
      return EXIT.done;
    },
  },
];
