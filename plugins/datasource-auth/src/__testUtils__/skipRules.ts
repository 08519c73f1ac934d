/** The method of jsdom that evaluates a selector. */
interface Selectors {
  check(selector: string, element: Element): { match: boolean };
}

/** Elements that a selector can match: those with a name or an attribute. */
type Kind = { name?: string; attribute?: string };

/**
 * Keeps jsdom from evaluating selectors of other elements. For a query by role, it evaluates all rules of its default
 * style sheet for each element, and most of them name an element or require an attribute.
 */
export function skipRules(document: Document) {
  const selectors = selectorsOf(document);
  const check = selectors.check;
  const known = new Map<string, Kind[]>();
  selectors.check = (selector, element) => {
    const kinds = known.get(selector) ?? kindsOf(selector);
    known.set(selector, kinds);
    return kinds.some(kind => isOf(element, kind))
      ? check(selector, element)
      : { match: false };
  };
}

function selectorsOf(document: Document): Selectors {
  const own = Object.getOwnPropertySymbols(document)
    .map(symbol => Reflect.get(document, symbol)?._domSelector)
    .find(selectors => selectors?.check);
  if (!own) throw new Error('This version of jsdom works differently.');
  return own;
}

/** Returns what the last part of each alternative requires. */
function kindsOf(selectorList: string): Kind[] {
  const parts = splitOutside(selectorList, /,/).map(
    selector => splitOutside(selector.trim(), /[\s>+~]/).pop()!,
  );
  return parts.map(part => ({
    name: part.match(/^[a-z]\w*/i)?.[0].toLowerCase(),
    attribute: splitOutside(part, /:/)[0].match(/\[([\w-]+)/)?.[1],
  }));
}

/** Splits a text at separators that aren't in brackets. */
function splitOutside(text: string, separator: RegExp): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (/[([]/.test(character)) depth += 1;
    if (/[)\]]/.test(character)) depth -= 1;
    if (depth === 0 && separator.test(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

function isOf(element: Element, { name, attribute }: Kind): boolean {
  return (
    (name === undefined || element.localName === name) &&
    (attribute === undefined || element.hasAttribute(attribute))
  );
}
