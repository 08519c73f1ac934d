/** Keys that are read, in addition to extensions, which references may point to. */
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

/** Key of a block mapping, at the beginning of a line. */
const KEY =
  /^(?:"([^"]*)"|'([^']*)'|([^\s"'#&*!|>%@`{}[\],:?-].*?))\s*:(?:\s|$)/;

/**
 * Removes from YAML what isn't needed to get tokens: schemas, parameters, responses and the like, nine tenths
 * of a large API description. Parsing 64 MB with them uses more than 700 MB of memory and ten seconds.
 *
 * Uses only the indentation, which decides in block YAML: everything that belongs to a key is indented
 * deeper, including multi-line text. Removed parts become empty lines, so errors still name the right line.
 *
 * @returns undefined if more than `most` characters remain
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
  /** Start of the part to keep, and of the current line. */
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

/** Returns whether a line is part of the value of a key. A list may have the same indentation as its key. */
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
