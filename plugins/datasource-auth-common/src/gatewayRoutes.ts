import { z } from 'zod';
import { schemaOf } from './schemaOf';
import { addFault, Fault, fault, FAULTS } from './faults';

/** Methods that a gateway route can name. `GET` includes `HEAD`. */
const gatewayMethodSchema = z.enum(
  ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  { error: FAULTS.routeMethod },
);

/**
 * Path of a gateway route below the base URL. Segments are compared character by character, and
 *
 * - `:name` matches any one segment: `/users/:id/mails`
 * - `*` at the end also matches any one segment: `/users/*`
 * - `**` at the end matches the path before it and everything below: `/users/**`
 *
 * None of them matches an encoded slash (`%2F`) unless the route sets `encodedSlash: true`.
 *
 * `/` alone is the base URL itself. A trailing slash counts: `/items/` differs from `/items`.
 */
const gatewayPatternSchema = z
  .string()
  .min(1)
  .max(500)
  .superRefine((pattern, ctx) => {
    const found = patternFault(pattern);
    if (found) addFault(ctx, found);
  });

/**
 * What the gateway allows.
 *
 * @public
 */
export const gatewayRouteSchema = schemaOf<GatewayRoute>()(
  z.strictObject({
    methods: z.array(gatewayMethodSchema).min(1, FAULTS.routeMethodMissing),
    path: gatewayPatternSchema,
    encodedSlash: z.boolean().optional(),
  }),
);

/**
 * Methods and a path pattern that the gateway allows.
 *
 * @public
 */
export interface GatewayRoute {
  /** `GET` includes `HEAD`. */
  methods: Array<'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'>;
  /** Pattern below the base URL, such as `/users/:id` or `/users/**`. */
  path: string;
  /** Allows `%2F` inside a segment, for APIs that treat it as part of the segment. */
  encodedSlash?: boolean;
}

/**
 * Returns a function that finds the first route that allows a method and a path, and returns its pattern. The path must
 * be in its normal form. Invalid routes allow nothing.
 *
 * @public
 */
export function matchGatewayRoutes(
  routes: ReadonlyArray<{
    methods: readonly string[];
    path: string;
    encodedSlash?: boolean;
  }>,
): (method: string, path: string) => string | undefined {
  const compiled = routes
    .filter(route => patternFault(route.path) === undefined)
    .map(route => ({
      methods: new Set(
        route.methods.includes('GET')
          ? [...route.methods, 'HEAD']
          : route.methods,
      ),
      pattern: route.path,
      expression: expressionOf(route.path),
      encodedSlash: route.encodedSlash === true,
    }));
  return (method, path) =>
    compiled.find(
      ({ methods, expression, encodedSlash }) =>
        methods.has(method) &&
        expression.test(path) &&
        (encodedSlash || !path.includes('%2F')),
    )?.pattern;
}

const LITERAL = /^[A-Za-z0-9\-._~!$&'()+,;=@][A-Za-z0-9\-._~!$&'()+,;=@:]*$/;
const PARAMETER = /^:[A-Za-z_][A-Za-z0-9_]*$/;

function patternFault(pattern: string): Fault | undefined {
  if (!pattern.startsWith('/')) return fault('fault.routeSlash');
  if (/[?#]/.test(pattern)) return fault('fault.routeQuery');
  if (pattern === '/') return undefined;
  const segments = pattern.slice(1).split('/');
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    const found = segmentFault(segment, last);
    if (found) return found;
  }
  return undefined;
}

function segmentFault(segment: string, last: boolean): Fault | undefined {
  if (segment === '') return last ? undefined : fault('fault.routeDoubleSlash');
  if (segment === '*' || segment === '**')
    return last
      ? undefined
      : fault('fault.routeWildcardPlace', { wildcard: segment });
  if (segment.includes('*')) return fault('fault.routeWildcardPart');
  if (/^\.\.?(;|$)/.test(segment)) return fault('fault.routeDots');
  if (segment.startsWith(':'))
    return PARAMETER.test(segment) ? undefined : fault('fault.routeParameter');
  if (!LITERAL.test(segment))
    return fault('fault.routeCharacters', { segment: segment.slice(0, 50) });
  return undefined;
}

function expressionOf(pattern: string): RegExp {
  if (pattern === '/') return /^\/$/;
  const source = pattern
    .slice(1)
    .split('/')
    .map(segment => {
      if (segment === '**') return '(?:/.*)?';
      if (segment === '*' || segment.startsWith(':')) return '/[^/]+';
      return `/${segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`;
    })
    .join('');
  return new RegExp(`^${source}$`);
}
