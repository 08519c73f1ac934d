import { readdirSync, readFileSync } from 'node:fs';
import { inRepository } from '../../repository';

/** Reads the sources of a package, without its tests. */
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

/** Returns the texts of a source, with an ellipsis for inserted values. */
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

/** Whether the text contains the parts of a message in order. */
export function isSaid(message: string, text: string): boolean {
  let from = 0;
  for (const piece of message.split('…').map(part => part.trim())) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return true;
}
