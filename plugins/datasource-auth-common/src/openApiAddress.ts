import { OpenApiVariable } from './openApiProposal';

/** `{region}` in OpenAPI, and `{{region}}` in tools that people copy from. */
const VARIABLE = /\{+\s*([^{}]*?)\s*\}+/g;

/** A variable instead of the scheme, as in `{protocol}://api.example`. */
const SCHEME_VARIABLE = /^\{+\s*([^{}]*?)\s*\}+(?=:\/\/)/;

/** Returns the names of the variables in an address. */
export function variableNames(address: string): string[] {
  return [...address.matchAll(VARIABLE)].map(([, name]) => name);
}

/**
 * Returns the values of variables: the given ones, else the defaults, which may be empty. Variables without either are
 * left for the user to fill in.
 */
export function variableValues(
  variables: OpenApiVariable[],
  given: Record<string, string> = {},
): Map<string, string> {
  const values = new Map<string, string>();
  for (const { name, default: value } of variables) {
    if (value !== undefined) values.set(name, value);
  }
  for (const [name, value] of Object.entries(given)) {
    if (value.trim()) values.set(name, value.trim());
  }
  return values;
}

/**
 * Turns an address of an API description into a setting: variables are filled in or, without a value, become
 * `{{instance.name}}`; relative addresses are resolved (RFC 3986 section 5).
 *
 * @returns an empty string if it is relative and can't be resolved, or starts with a variable that has no value
 */
export function resolveAddress(
  address: string,
  options: { base?: string; values: Map<string, string> },
): { value: string; resolved: boolean } {
  const { values } = options;
  const withScheme = address.replace(
    SCHEME_VARIABLE,
    // A scheme without a value can only be HTTPS, because a template isn't allowed there.
    (_, name: string) => values.get(name) || 'https',
  );
  const host =
    /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(withScheme)?.[0].length ?? 0;
  const filled = withScheme.replace(VARIABLE, (_, name: string, at: number) => {
    const value = values.get(name);
    // An empty part of a path is intended; an empty part of a host was forgotten.
    return value === undefined || (value === '' && at < host)
      ? `{{instance.${instanceName(name)}}}`
      : value;
  });
  if (/^[a-z][a-z0-9+.-]*:/i.test(filled)) {
    return { value: filled, resolved: false };
  }
  // A leading variable can be anything, including a whole address.
  if (!options.base || /^\{\{/.test(filled)) {
    return { value: '', resolved: false };
  }
  const held: string[] = [];
  const hold = (text: string) =>
    text.replace(/\{\{[^{}]*\}\}/g, template => {
      held.push(template);
      return `held${held.length - 1}template`;
    });
  const base = hold(options.base);
  const reference = hold(filled);
  if (!URL.canParse(reference, base)) return { value: '', resolved: false };
  const value = new URL(reference, base).href.replace(
    /held(\d+)template/g,
    (_, index) => held[Number(index)] ?? '',
  );
  return { value, resolved: true };
}

function instanceName(variable: string): string {
  const name = variable.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 100);
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
}
