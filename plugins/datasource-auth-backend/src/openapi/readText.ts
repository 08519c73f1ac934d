import { message } from 'backstage-plugin-datasource-auth-common';
import { CORE_SCHEMA, load, LoadOptions, State, Type } from 'js-yaml';
import { DescriptionError } from './DescriptionError';
import { withoutSchemas } from './withoutSchemas';

/** Maximum size of an API description with its references, in bytes. Indented JSON reaches it soon. */
export const MAX_BYTES = 64 * 1024 * 1024;
/** The limit as people read it, in errors here and where documents are fetched. */
export const MAX_BYTES_TEXT = '64 MB';
/** Maximum size of text parsed as YAML, in bytes. YAML uses five times the memory and time of JSON. */
const MOST_YAML_BYTES = 10 * 1024 * 1024;
/**
 * Limit of values in JSON, including keys. Memory depends on these, not on bytes. 64 MB of a real document
 * have 3.6 million.
 */
const MOST_JSON_VALUES = 4_000_000;
/** Objects and lists use more memory than texts and numbers. 64 MB of a real document have 900,000. */
const MOST_JSON_OBJECTS = 1_500_000;
/** Limit of values in YAML, including keys. Ten megabytes of a real document have fewer than a million. */
const MOST_YAML_VALUES = 1_500_000;
/** Real documents have fewer than fifty, including examples of deep responses. */
const MOST_LEVELS = 200;

const TOO_LARGE = message('error.description.tooLarge', {
  limit: MAX_BYTES_TEXT,
});
const TOO_LARGE_YAML = message('error.description.tooLargeYaml', {
  limit: '10 MB',
});
const TOO_DEEP = message('error.description.tooDeep', {
  levels: MOST_LEVELS,
});
const TOO_REPEATED = message('error.description.tooRepeated', {
  limit: '10 MB',
});

const tooMany = (maximum: number) =>
  message('error.description.tooManyValues', { maximum });

/** YAML 1.2 with merge keys, which people use, and without dates, which nobody means. */
const SCHEMA = CORE_SCHEMA.extend({
  implicit: [
    new Type('tag:yaml.org,2002:merge', {
      kind: 'scalar',
      resolve: text => text === '<<',
    }),
  ],
});

/**
 * Reads JSON or YAML within limits that hold for any text: 64 MB use 512 MB of memory and less than four
 * seconds, ten megabytes 300 MB and less than two. Of duplicate keys, the last one counts.
 *
 * It uses js-yaml 4 because of these figures: for ten megabytes, version 5 uses 340 MB, and `yaml` 730 MB and
 * six seconds. Larger YAML is read without its schemas, which are never needed.
 *
 * @throws DescriptionError with the line
 */
export function readText(text: string): unknown {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw new DescriptionError(TOO_LARGE);
  }
  const body = text.replace(/^\uFEFF/, '');
  if (/^\s*[{[]/.test(body)) {
    assertWithinLimits(body);
    try {
      return JSON.parse(body);
    } catch (error) {
      if (body.length > MOST_YAML_BYTES) throw jsonError(error);
      // YAML has everything that JSON has; its parser knows the line, or finds that it is YAML after all.
    }
  }
  if (body.length <= MOST_YAML_BYTES) return readYaml(body);
  const essential = withoutSchemas(body, MOST_YAML_BYTES);
  if (essential === undefined) {
    throw new DescriptionError(TOO_LARGE_YAML);
  }
  return readYaml(essential);
}

/** `JSON.parse` has no such limit: it creates ten million arrays for ten million brackets. */
function assertWithinLimits(json: string): void {
  let depth = 0;
  let values = 0;
  let objects = 0;
  let line = 0;
  for (let at = 0; at < json.length; at += 1) {
    switch (json[at]) {
      case '"':
        at = endOfString(json, at);
        break;
      case '{':
      case '[':
        depth += 1;
        values += 1;
        objects += 1;
        if (depth > MOST_LEVELS) throw new DescriptionError(TOO_DEEP, { line });
        break;
      case '}':
      case ']':
        depth -= 1;
        break;
      case ',':
      case ':':
        values += 1;
        break;
      case '\n':
        line += 1;
        break;
      default:
    }
    if (values > MOST_JSON_VALUES)
      throw new DescriptionError(tooMany(MOST_JSON_VALUES), { line });
    if (objects > MOST_JSON_OBJECTS)
      throw new DescriptionError(
        message('error.description.tooManyObjects', {
          maximum: MOST_JSON_OBJECTS,
        }),
        {
          line,
        },
      );
  }
}

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
}

function readYaml(yaml: string): unknown {
  const options: LoadOptions & { maxDepth: number } = {
    schema: SCHEMA,
    json: true,
    maxDepth: MOST_LEVELS,
    listener: yamlLimits(),
  };
  try {
    return load(yaml, options);
  } catch (error) {
    if (error instanceof DescriptionError) throw error;
    throw yamlError(error);
  }
}

/**
 * Counts values while YAML is read. An alias counts as the text that it refers to, so a document has the
 * same limit with and without aliases. Neither the result, a walk through it, nor a key that is a list of
 * aliases can explode.
 */
function yamlLimits() {
  const weights = new Map<unknown, number>();
  const open: Array<{ start: number; repeated: number }> = [];
  let values = 0;
  let repeated = 0;
  return (event: 'open' | 'close', state: State) => {
    const { line, position, kind, result } = state;
    if (event === 'open') {
      values += 1;
      if (values > MOST_YAML_VALUES)
        throw new DescriptionError(tooMany(MOST_YAML_VALUES), { line });
      open.push({ start: position, repeated });
      return;
    }
    const node = open.pop()!;
    // Only an alias has a result and no kind.
    if (!kind && result !== null && result !== undefined) {
      repeated +=
        weights.get(result) ?? (typeof result === 'string' ? result.length : 1);
      if (repeated > MOST_YAML_BYTES) {
        throw new DescriptionError(TOO_REPEATED, { line });
      }
    } else if ('anchor' in state && state.anchor !== null) {
      const weight = position - node.start + repeated - node.repeated;
      if (typeof result === 'object') weights.set(result, weight);
    }
  };
}

function jsonError(error: unknown): DescriptionError {
  const line = /\(line (\d+) /.exec((error as Error).message)?.[1];
  return new DescriptionError(
    message('error.description.notJson'),
    line ? { line: Number(line) - 1 } : {},
  );
}

/** Returns the parser's message without its quotes of the document. */
function yamlError(error: unknown): DescriptionError {
  const { reason, mark } = error as {
    reason?: string;
    mark?: { line: number };
  };
  if (/^nesting exceeded/.test(reason ?? '')) {
    return new DescriptionError(TOO_DEEP, mark);
  }
  const why = /^[a-z][a-z '()-]+/i.exec(reason ?? '')?.[0].trim();
  return new DescriptionError(
    why
      ? message('error.description.notYamlBecause', { reason: why })
      : message('error.description.notYaml'),
    mark,
  );
}
