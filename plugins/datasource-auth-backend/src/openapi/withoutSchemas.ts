/** What is read of a document, besides its extensions, which references may lead to. */
const TOP = [
  ...['openapi', 'swagger', 'info', 'servers', 'host', 'basePath', 'schemes'],
  ...['security', 'securityDefinitions', 'paths', 'components'],
];
const COMPONENTS = ['securitySchemes', 'pathItems'];
const PATH_ITEM = [
  ...['$ref', 'get', 'post', 'put', 'patch', 'delete'],
  ...['head', 'options', 'trace', 'query'],
];
const OPERATION = ['security', 'summary'];

/** A key of a mapping in blocks, at the beginning of a line. */
const KEY =
  /^(?:"([^"]*)"|'([^']*)'|([^\s"'#&*!|>%@`{}[\],:?-].*?))\s*:(?:\s|$)/;

/**
 * YAML without what says nothing about obtaining tokens: schemas, parameters, responses and the like, which are nine
 * tenths of a large API description. Parsing 64 MB with them takes more than 700 MB of memory and ten seconds.
 *
 * Goes by indentation alone, which is what decides in YAML written in blocks: whatever belongs to a key is indented
 * deeper, texts of several lines included. What is left out stays as empty lines, so that errors name the right line.
 *
 * @returns undefined when more than `most` characters are left
 */
export function withoutSchemas(yaml: string, most: number): string | undefined {
  const pieces: string[] = [];
  let left = 0;
  const keep = (piece: string) => {
    pieces.push(piece);
    left += piece.length;
  };
  const open: Array<{ indent: number; key: string }> = [];
  let cut: { indent: number; lines: number } | undefined;
  /** Where what is kept began, and where the line begins. */
  let from = 0;
  let start = 0;
  while (start < yaml.length && left + (cut ? 0 : start - from) <= most) {
    const end = yaml.indexOf('\n', start);
    const next = end === -1 ? yaml.length : end + 1;
    const line = yaml.slice(start, end === -1 ? next : end);
    const indent = line.search(/[^ ]/);
    const text = indent === -1 ? '' : line.slice(indent).trimEnd();
    const says = text !== '' && !text.startsWith('#');
    if (cut && says && !belongsTo(cut.indent, indent, text)) {
      keep('\n'.repeat(cut.lines));
      cut = undefined;
      from = start;
    }
    if (cut) {
      cut.lines += 1;
    } else if (says) {
      while (open.length > 0 && open[open.length - 1].indent >= indent)
        open.pop();
      const key = KEY.exec(text);
      const name = key ? key[1] ?? key[2] ?? key[3] : '';
      if (key && !isRead(open, name)) {
        keep(yaml.slice(from, start));
        cut = { indent, lines: 1 };
      } else {
        open.push({ indent, key: name });
      }
    }
    start = next;
  }
  if (!cut) keep(yaml.slice(from, start));
  return left > most ? undefined : pieces.join('');
}

/** Whether a line is part of the value of a key. A list may stand as deep as its key. */
function belongsTo(key: number, indent: number, text: string): boolean {
  return indent > key || (indent === key && /^-(\s|$)/.test(text));
}

function isRead(open: Array<{ key: string }>, key: string): boolean {
  const [top, second, third] = open;
  if (open.length === 0) return TOP.includes(key) || /^x-/i.test(key);
  if (top.key === 'components' && open.length === 1)
    return COMPONENTS.includes(key) || /^x-/i.test(key);
  if (top.key !== 'paths' || !second?.key.startsWith('/')) return true;
  if (open.length === 2) return PATH_ITEM.includes(key);
  return (
    open.length !== 3 ||
    !PATH_ITEM.includes(third.key) ||
    OPERATION.includes(key)
  );
}
