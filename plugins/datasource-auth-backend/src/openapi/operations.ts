import { OpenApiOperation } from 'backstage-plugin-datasource-auth-common';
import { DescriptionPlace } from './DescriptionPlace';
import { Requirement } from './keys';
import { References } from './References';
import { MAX_SCOPES, scopesIn } from './scopes';
import { shortText } from './shortText';

const METHODS = [
  ...['get', 'post', 'put', 'patch', 'delete'],
  ...['head', 'options', 'trace', 'query'],
];
/** Limit of paths. The largest public descriptions have ten thousand. */
const MOST_PATHS = 20_000;
/** Limit of operations listed for each scheme. */
const MOST_NAMED = 500;
/** Limit of different combinations of schemes. */
const MOST_COMBINATIONS = 200;

/** The scopes that operations require of one security scheme. */
export interface SchemeUse {
  operations: OpenApiOperation[];
  /** Of all operations, including those that aren't listed. */
  scopes: Set<string>;
}

/** The security schemes that operations require, one by one and together. */
export interface OperationsUse {
  schemes: Map<string, SchemeUse>;
  /** In the order of the document, each combination once. */
  requirements: Requirement[];
}

/**
 * Returns the security schemes that operations use, with the scopes. If an operation has alternatives, only
 * the first one with the scheme counts: the scopes of all together would be more than anyone needs.
 */
export async function readOperations(
  references: References,
  note: (sentence: string) => void,
): Promise<OperationsUse> {
  const { root } = references;
  const uses = new Map<string, SchemeUse>();
  const combinations = new Map<string, Requirement>();
  const everywhere = alternativesOf(root);
  const paths = root.member('paths')?.members(MOST_PATHS + 1) ?? [];
  if (paths.length > MOST_PATHS) {
    note(`Only the first ${MOST_PATHS} paths were read`);
  }
  let operations = 0;
  for (const path of paths.slice(0, MOST_PATHS)) {
    if (!path.key.startsWith('/')) continue;
    const item = await references.follow(path).catch((error: Error) => {
      note(error.message);
      return undefined;
    });
    for (const method of METHODS) {
      const operation = item?.member(method);
      if (!operation) continue;
      operations += 1;
      const alternatives = operation.member('security')
        ? alternativesOf(operation)
        : everywhere;
      count(combinations, alternatives);
      for (const [scheme, scopes] of scopesOf(alternatives)) {
        add(useOf(uses, scheme), {
          operation: `${method.toUpperCase()} ${shortText(path.key, 200)}`,
          summary: shortText(operation.member('summary')?.value, 200),
          scopes,
        });
      }
    }
  }
  // A description that has only security still says what is required.
  if (operations === 0) {
    count(combinations, everywhere);
    for (const [scheme, scopes] of scopesOf(everywhere)) {
      scopes.forEach(scope => useOf(uses, scheme).scopes.add(scope));
    }
  }
  return { schemes: uses, requirements: [...combinations.values()] };
}

/** The schemes of each alternative. */
type Alternatives = DescriptionPlace[][];

function alternativesOf(place: DescriptionPlace): Alternatives {
  const alternatives = place.member('security')?.items(50) ?? [];
  return alternatives.map(alternative => alternative.members(50));
}

function count(
  combinations: Map<string, Requirement>,
  alternatives: Alternatives,
): void {
  for (const alternative of alternatives) {
    const schemes = alternative.map(({ key }) => key);
    const id = JSON.stringify([...schemes].sort());
    const known = combinations.get(id);
    if (known) known.operations += 1;
    else if (schemes.length && combinations.size < MOST_COMBINATIONS)
      combinations.set(id, { schemes, operations: 1 });
  }
}

/** Scopes by scheme. */
function scopesOf(alternatives: Alternatives): Map<string, string[]> {
  const requirements = new Map<string, string[]>();
  for (const scheme of alternatives.flat()) {
    if (requirements.has(scheme.key)) continue;
    const scopes = scheme
      .items(200)
      .flatMap(({ value }) =>
        typeof value === 'string' ? scopesIn(value) : [],
      );
    requirements.set(scheme.key, [...new Set(scopes)]);
  }
  return requirements;
}

function add(use: SchemeUse, operation: OpenApiOperation) {
  if (use.operations.length < MOST_NAMED) use.operations.push(operation);
  for (const scope of operation.scopes) {
    if (use.scopes.size < MAX_SCOPES) use.scopes.add(scope);
  }
}

function useOf(uses: Map<string, SchemeUse>, scheme: string): SchemeUse {
  const use = uses.get(scheme) ?? { operations: [], scopes: new Set() };
  uses.set(scheme, use);
  return use;
}
