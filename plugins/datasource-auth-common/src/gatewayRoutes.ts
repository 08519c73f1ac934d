import { z } from 'zod';
import { schemaOf } from './schemaOf';

/**
 * Methods that a gateway route can name. `GET` includes `HEAD`.
 *
 * @public
 */
export const gatewayMethodSchema = z.enum(
  ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  { error: 'Enter GET, HEAD, POST, PUT, PATCH, or DELETE' },
);

/**
 * The path of a gateway route, below the base URL. Segments are compared letter by letter, and
 *
 * - `:name` stands for one segment, whatever it is: `/users/:id/mails`
 * - `*` at the end stands for one segment, too: `/users/*`
 * - `**` at the end stands for the path before it and everything below: `/users/**`
 *
 * None of them lets an encoded slash (`%2F`) through unless the route says `encodedSlash: true`.
 *
 * `/` alone is the base URL itself. A slash at the end counts: `/items/` is not `/items`.
 *
 * @public
 */
export const gatewayPatternSchema = z
  .string()
  .min(1)
  .max(500)
  .superRefine((pattern, ctx) => {
    const message = patternFault(pattern);
    if (message) ctx.addIssue({ code: 'custom', message });
  });

/**
 * What the gateway lets through.
 *
 * @public
 */
export const gatewayRouteSchema = schemaOf<GatewayRoute>()(
  z.strictObject({
    methods: z.array(gatewayMethodSchema).min(1, 'Enter at least one method'),
    path: gatewayPatternSchema,
    encodedSlash: z.boolean().optional(),
  }),
);

/**
 * Methods and a path pattern that the gateway lets through.
 *
 * @public
 */
export interface GatewayRoute {
  /** `GET` includes `HEAD`. */
  methods: Array<'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'>;
  /** Pattern below the base URL, such as `/users/:id` or `/users/**`. */
  path: string;
  /** Lets `%2F` through inside a segment, for an API that accepts it as a part of the segment. */
  encodedSlash?: boolean;
}

/**
 * Makes a test out of routes: the path pattern of the first one that lets a method through to a path, which has to be in
 * its normal form. What is no route opens nothing.
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

function patternFault(pattern: string): string | undefined {
  if (!pattern.startsWith('/')) return 'Start the path with a slash';
  if (/[?#]/.test(pattern)) return 'Remove the query. Routes allow any query';
  if (pattern === '/') return undefined;
  const segments = pattern.slice(1).split('/');
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    const fault = segmentFault(segment, last);
    if (fault) return fault;
  }
  return undefined;
}

function segmentFault(segment: string, last: boolean): string | undefined {
  if (segment === '') return last ? undefined : 'Remove the double slash';
  if (segment === '*' || segment === '**')
    return last
      ? undefined
      : `'${segment}' is only allowed at the end. In the middle, use :name for one segment`;
  if (segment.includes('*')) return "Use '*' for a whole segment only";
  if (/^\.\.?(;|$)/.test(segment)) return 'Remove the dot segment';
  if (segment.startsWith(':'))
    return PARAMETER.test(segment)
      ? undefined
      : "Enter a name of letters, digits, and underscores after ':'";
  if (!LITERAL.test(segment))
    return `'${segment.slice(
      0,
      50,
    )}' has an unsupported character. Use :name for a segment that needs an escape`;
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
