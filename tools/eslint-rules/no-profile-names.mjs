const NAMES = new Set(['baseline', 'oauth21', 'fapi2-security', 'fapi2-message-signing', 'fapi-ciba']);

/** A security profile is a row of a table: everything else reads what the client has after it was laid over it. */
export const noProfileNames = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { name: 'Only security-profiles.ts knows "{{ name }}"; read what the profile fixes, not its name.' },
  },
  create(context) {
    const check = (node, name) => {
      if (NAMES.has(name)) context.report({ node, messageId: 'name', data: { name } });
    };
    return {
      Literal: (node) => check(node, node.value),
      TemplateElement: (node) => check(node, node.value.cooked),
      'Property > Identifier.key': (node) => !node.parent.computed && check(node, node.name),
    };
  },
};
