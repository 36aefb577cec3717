// Finds test titles by syntax, not by pattern: what it/test/describe are called with, and the strings of the tables they run over.
import ts from 'typescript';

const runners = new Set(['it', 'test', 'describe']);

/** The identifier a call chain begins with: `it.each(table)('…')` is `it`. */
function rootOf(expression) {
  if (ts.isCallExpression(expression) || ts.isPropertyAccessExpression(expression))
    return rootOf(expression.expression);
  if (ts.isTaggedTemplateExpression(expression)) return rootOf(expression.tag);
  return ts.isIdentifier(expression) ? expression.text : undefined;
}

/** The text of a string or template; what is computed becomes "…". Undefined for anything else. */
function textOf(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('');
}

const isTitle = (node) =>
  ts.isCallExpression(node.parent) && node.parent.arguments[0] === node && runners.has(rootOf(node.parent.expression));

const isRow = (node) => ts.isArrayLiteralExpression(node.parent) || ts.isPropertyAssignment(node.parent);

/** @returns [{ text, row }]: `row` is true for a string that stands in a table. */
export function readTitles(fileName, source) {
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true);
  const titles = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && rootOf(node.expression) === 'expect') return;
    const text = textOf(node);
    if (text !== undefined && isTitle(node)) titles.push({ text, row: false });
    if (text !== undefined && isRow(node)) titles.push({ text, row: true });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return titles;
}
