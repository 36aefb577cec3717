import { decoratorNames } from './decorators.mjs';

/** Every class with `@Controller` says who may call it: `@UseGuards(…)` or `@Public()` on the class itself (`@AdminController(…)` brings its guard). */
export const guardedControllers = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { unguarded: 'The controller {{ name }} carries neither @UseGuards(…) nor @Public().' },
  },
  create: (context) => ({
    'ClassDeclaration, ClassExpression'(node) {
      const names = decoratorNames(node);
      if (!names.includes('Controller') || names.includes('UseGuards') || names.includes('Public')) return;
      context.report({ node: node.id ?? node, messageId: 'unguarded', data: { name: node.id?.name ?? '(unnamed)' } });
    },
  }),
};
