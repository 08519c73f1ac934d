import { readdirSync, readFileSync } from 'node:fs';
import { inRepository } from '../../repository';

/** The sources of a package, without its tests. */
export function sourcesOf(folder: string): string[] {
  return readdirSync(inRepository(folder), { recursive: true })
    .map(String)
    .filter(
      file =>
        /\.tsx?$/.test(file) &&
        !/\.test\.|__testUtils__|(^|\/)actions\//.test(file),
    )
    .map(file => readFileSync(inRepository(folder, file), 'utf8'));
}

/** Titles of failures: they stand before their cause. What is filled in later is an ellipsis. */
export function failureTitles(sources: string[]): string[] {
  const titles = sources.flatMap(source => [
    ...source.matchAll(/\btitle:((?:(?!\n\s+\w+:\s)[^;])*?),\s+cause\b/g),
    ...source.matchAll(/\bconst title = ([^;]*);/g),
  ]);
  return [...new Set(titles.flatMap(([, expression]) => textsIn(expression)))];
}

/** Texts of the source, with an ellipsis for what is filled in. */
export function textsIn(source: string): string[] {
  const texts = source.matchAll(
    /'((?:[^'\\\n]|\\.)+)'|"((?:[^"\\\n]|\\.)+)"|`((?:[^`\\]|\\.)+)`/g,
  );
  return [...texts].map(([, single, double, template]) =>
    (single ?? double ?? template)
      .replace(/\\(['"`$])/g, '$1')
      .replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}|\{\{\w+\}\}/g, '…'),
  );
}

/** Whether a message with ellipses is in the text, piece by piece and in this order. */
export function isSaid(message: string, text: string): boolean {
  let from = 0;
  for (const piece of message.split('…').map(part => part.trim())) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return true;
}
