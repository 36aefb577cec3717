import { ApiClient } from './api-client';
import { type Command, EXIT } from './command';
import { printObject } from './output';

/** S-182: whether the trail is as it was written. */
export const auditVerifyCommand: Command = {
  words: ['audit', 'verify'],
  summary: 'check the chain of the audit trail: nothing changed, nothing missing',
  examples: ['tokenidp audit verify', 'tokenidp audit verify --json'],
  async run(invocation) {
    const { body } = await ApiClient.from(invocation).send('GET', 'audit-events/verification');
    printObject(invocation, body);
    return (body as { isIntact: boolean }).isIntact ? EXIT.done : EXIT.different;
  },
};
