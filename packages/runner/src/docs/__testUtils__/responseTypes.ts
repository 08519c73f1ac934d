import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Type of a response, as declared in its source. */
export interface ResponseType {
  name: string;
  /** Description in one line. */
  text: string;
  /** The type that it extends. */
  base?: string;
  members: Array<{
    name: string;
    optional: boolean;
    type: string;
    text: string;
  }>;
}

/** Reads the interfaces in a folder of sources. */
export function readResponseTypes(folder: string): Map<string, ResponseType> {
  const types = new Map<string, ResponseType>();
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map(file => readFileSync(join(folder, file), 'utf8'));
  const choices = choicesOf(sources.join('\n'));
  for (const source of sources) {
    for (const [, comment, name, base, body] of source.matchAll(
      /(?:^\/\*\*((?:(?!\*\/)[^])*)\*\/\n)?^export interface (\w+)(?:\s+extends (\w+)[\w,\s]*)? \{\n([^]*?)^\}$/gm,
    )) {
      types.set(name, {
        name,
        text: plain(comment),
        base,
        members: membersOf(body, choices),
      });
    }
  }
  return types;
}

/** Returns a type and the types of its fields, each once, outer ones first. */
export function withInnerTypes(
  names: string[],
  types: Map<string, ResponseType>,
): ResponseType[] {
  const found = new Map<string, ResponseType>();
  const add = (name: string) => {
    const type = types.get(name);
    if (!type || found.has(name)) return;
    found.set(name, type);
    for (const member of type.members) {
      for (const [inner] of member.type.matchAll(/\b[A-Z]\w+/g)) add(inner);
    }
  };
  names.forEach(add);
  return [...found.values()];
}

/** Returns the fields of an interface, each of which ends with a semicolon at its own indentation. */
function membersOf(
  body: string,
  choices: Map<string, string>,
): ResponseType['members'] {
  const members = body.matchAll(
    /(?:^ {2}\/\*\*((?:(?!\*\/)[^])*)\*\/\n)?^ {2}(\w+)(\??):\s([^]*?);$(?=\n {2}\S|\n?$(?![^]))/gm,
  );
  return [...members].map(([, comment, name, optional, type]) => ({
    name,
    optional: optional === '?',
    type: choices.get(type) ?? type.replace(/\s+/g, ' ').trim(),
    text: plain(comment),
  }));
}

/** Returns types that are one of several strings, by name: written out, or as the enum of a schema. */
function choicesOf(source: string): Map<string, string> {
  const unions = source.matchAll(
    /^export type (\w+) =((?:\s*\|?\s*'[^']+')+);$/gm,
  );
  const enums = source.matchAll(
    /^export const (\w+)Schema = z\.enum\(\s*\[([^\]]+)\]/gm,
  );
  return new Map(
    [...unions, ...enums].map(([, name, texts]) => [
      name.replace(/^./, first => first.toUpperCase()),
      [...texts.matchAll(/'[^']+'/g)].join(' | '),
    ]),
  );
}

/** Returns a comment without stars, tags and links. */
function plain(comment: string = ''): string {
  return comment
    .replace(/^\s*\* ?/gm, '')
    .replace(/@public/g, '')
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .trim();
}
