import { decoratorNames } from './decorators.mjs';

const most = 4;

/** True for the constructor of a class that Nest builds: its parameters are dependencies, not arguments. */
function isInjected(node) {
  const method = node.parent;
  if (method?.type !== 'MethodDefinition' || method.kind !== 'constructor') return false;
  return decoratorNames(method.parent.parent).length > 0;
}

/** At most four parameters; constructors that Nest fills by injection are exempt. */
export const maxParams = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { tooMany: 'This function has {{ count }} parameters; {{ most }} are the most. Pass one object.' },
  },
  create(context) {
    const check = (node) => {
      const count = node.params.filter(({ type, name }) => !(type === 'Identifier' && name === 'this')).length;
      if (count > most && !isInjected(node)) {
        context.report({ node, messageId: 'tooMany', data: { count: String(count), most: String(most) } });
      }
    };
    return {
      FunctionDeclaration: check,
      FunctionExpression: check,
      ArrowFunctionExpression: check,
      TSDeclareFunction: check,
      TSEmptyBodyFunctionExpression: check,
      TSMethodSignature: check,
    };
  },
};
