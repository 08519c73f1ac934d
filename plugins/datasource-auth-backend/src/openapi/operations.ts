import { OpenApiOperation } from 'backstage-plugin-datasource-auth-common';
import { DescriptionPlace } from './DescriptionPlace';
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

/** The scopes that operations require of one security scheme. */
export interface SchemeUse {
  operations: OpenApiOperation[];
  /** Of all operations, including those that aren't listed. */
  scopes: Set<string>;
}

/**
 * Returns the security schemes that operations use, with the scopes. If an operation has alternatives, only
 * the first one with the scheme counts: the scopes of all together would be more than anyone needs.
 */
export async function readOperations(
  references: References,
  note: (sentence: string) => void,
): Promise<Map<string, SchemeUse>> {
  const { root } = references;
  const uses = new Map<string, SchemeUse>();
  const everywhere = requirementsOf(root);
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
      const requirements = operation.member('security')
        ? requirementsOf(operation)
        : everywhere;
      for (const [scheme, scopes] of requirements) {
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
    for (const [scheme, scopes] of everywhere) {
      scopes.forEach(scope => useOf(uses, scheme).scopes.add(scope));
    }
  }
  return uses;
}

/** Scopes by scheme. */
function requirementsOf(place: DescriptionPlace): Map<string, string[]> {
  const requirements = new Map<string, string[]>();
  for (const alternative of place.member('security')?.items(50) ?? []) {
    for (const scheme of alternative.members(50)) {
      if (requirements.has(scheme.key)) continue;
      const scopes = scheme
        .items(200)
        .flatMap(({ value }) =>
          typeof value === 'string' ? scopesIn(value) : [],
        );
      requirements.set(scheme.key, [...new Set(scopes)]);
    }
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
