/** The names of a class's decorators: `@UseGuards(BearerGuard)` and `@Public` are `UseGuards` and `Public`. */
export const decoratorNames = (node) =>
  (node.decorators ?? []).map(({ expression }) => {
    const callee = expression.type === 'CallExpression' ? expression.callee : expression;
    return callee.type === 'MemberExpression' ? callee.property.name : callee.name;
  });
