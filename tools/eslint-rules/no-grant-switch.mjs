const aboutGrantType = /grant_?type/i;
const NAME = { Identifier: 'name', Literal: 'value' };
const GRANT = /^(?:authorization_code|client_credentials|refresh_token|urn:[\w.:-]+:grant-type:[\w-]+)$/;

/** Whether a name in the expression is that of a grant type: `grant_type`, `request.grantType`, `form['grant_type']`. */
function isGrantType(node) {
  if (!node || typeof node !== 'object') return false;
  if (Array.isArray(node)) return node.some(isGrantType);
  if (aboutGrantType.test(String(node[NAME[node.type]] ?? ''))) return true;
  return ['object', 'property', 'expression', 'callee', 'arguments', 'argument'].some((part) =>
    isGrantType(node[part]),
  );
}

/** A grant is one file and one word in the registry: nothing else tells them apart. */
export const noGrantSwitch = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { grant: 'Each grant is a file of its own: ask the registry, and do not switch on the grant type.' },
  },
  create: (context) => ({
    SwitchStatement(node) {
      const isOfGrants = node.cases.some(({ test }) => test?.type === 'Literal' && GRANT.test(String(test.value)));
      if (isOfGrants || isGrantType(node.discriminant)) context.report({ node, messageId: 'grant' });
    },
  }),
};
