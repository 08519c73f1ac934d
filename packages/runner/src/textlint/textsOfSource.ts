import ts from 'typescript';

/** Properties with texts for people. */
const READ = new Set([
  'title',
  'cause',
  'remedy',
  'message',
  'summary',
  'description',
]);

/** Quoted names and commands, media types and paths. */
const QUOTED = /`[^`]*`|"[^"\s]+"|\{\{\w+\}\}|\S*\/\S*/g;

/** Returns only the texts of a TypeScript source, each in its own line.
 *
 * @param options.all - include every string, for files with messages; by default only texts of errors and diagnoses
 */
export function textsOfSource(
  source: string,
  options: { all: boolean },
): string {
  const file = ts.createSourceFile(
    'source.tsx',
    source,
    ts.ScriptTarget.Latest,
  );
  const lines = source.split('\n').map((): string[] => []);
  const add = (node: ts.Expression) => {
    const text = textOf(node);
    if (!text?.includes(' ')) return;
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    lines[line].push(text.replace(QUOTED, '…').replace(/\s+/g, ' '));
  };
  const visit = (node: ts.Node, wanted: boolean) => {
    if (wanted && ts.isExpression(node) && textOf(node) !== undefined) {
      add(node);
      return;
    }
    ts.forEachChild(node, child =>
      visit(
        child,
        !ts.isImportDeclaration(node) && (wanted || says(node, child)),
      ),
    );
  };
  visit(file, options.all);
  return lines.map(texts => texts.join(' ')).join('\n');
}

/** Whether people read the text in the child: the message of an error, or a property such as `title`. */
function says(node: ts.Node, child: ts.Node): boolean {
  if (ts.isNewExpression(node)) {
    const { expression, arguments: given } = node;
    return (
      ts.isIdentifier(expression) &&
      expression.text.endsWith('Error') &&
      given?.[0] === child
    );
  }
  const named = ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node);
  return (
    named &&
    node.initializer === child &&
    ts.isIdentifier(node.name) &&
    READ.has(node.name.text)
  );
}

/** Returns the text of a literal, a template or a sum of them, with an ellipsis for inserted values. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.map(({ literal }) => `…${literal.text}`);
    return [node.head.text, ...spans].join('');
  }
  if (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.PlusToken
  ) {
    const [left, right] = [textOf(node.left), textOf(node.right)];
    return left === undefined && right === undefined
      ? undefined
      : `${left ?? '…'}${right ?? '…'}`;
  }
  return undefined;
}
