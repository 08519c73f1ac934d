import { LRUCache } from 'lru-cache';
import { CredentialRow, Generation } from './CredentialRow';
import { renewalAllowedAt, REJECTED_COOLDOWN } from './freshness';

/** Where a test calls. What it finds counts as much as several routes. */
export const TEST_ROUTE = 'test';

/** So many rejections in a row say that the token is not what the API dislikes. */
const IN_A_ROW = 3;
const LONGEST_REST = 24 * 60 * 60_000;
const MOST_CREDENTIALS = 1_000;
const MOST_ROUTES = 200;

interface Route {
  /** How many renewals in a row, caused by this route, gave it a token that it rejected, too. */
  useless: number;
  /** The generation that this route last had renewed, until it is known whether that helped. */
  renewed?: number;
}

interface Known {
  /** Who rejected which generation, in a row. */
  inARow: LRUCache<string, string>;
  routes: LRUCache<string, Route>;
}

/**
 * What this process saw of APIs that reject tokens, by the route of the call: one route that always rejects must neither
 * have tokens renewed without end, nor speak for the whole API. A route is a pattern of the gateway, a plugin with what it
 * says of its call, or the test path: who only uses a datasource invents none. The API is said to reject tokens only for
 * several of its paths.
 */
export class Rejections {
  readonly #known = new LRUCache<string, Known>({ max: MOST_CREDENTIALS });

  /** Counts that a route rejected a token, once for each route and generation. */
  add(row: CredentialRow, route: string, now: number): void {
    const known = this.#of(row);
    const fact = `${row.generation} ${route}`;
    if (known.inARow.has(fact)) return;
    const young = now < youngUntil(row);
    // Lived well until now: this one begins another row
    if (!young && route !== TEST_ROUTE) known.inARow.clear();
    known.inARow.set(fact, route);
    const its = known.routes.get(route);
    if (its?.renewed !== undefined && row.generation > its.renewed) {
      if (young) its.useless += 1;
      its.renewed = undefined;
    }
  }

  /** A route had a token renewed. */
  renewed(row: Generation, route: string): void {
    const { routes } = this.#of(row);
    const useless = routes.get(route)?.useless ?? 0;
    routes.set(route, { useless, renewed: row.generation });
  }

  /**
   * Counts that an API accepted a token.
   *
   * @param helped - the route that had rejected the token before it was renewed
   */
  accept(row: Generation, helped?: string): void {
    const known = this.#known.get(row.credentialId);
    known?.inARow.clear();
    const its = helped === undefined ? undefined : known?.routes.get(helped);
    if (its?.renewed !== undefined && row.generation > its.renewed) {
      known!.routes.delete(helped!);
    }
  }

  /** Whether tokens are rejected as fast as they come: several in a row, on several routes or by the test path. */
  areTheRule(row: Generation): boolean {
    const inARow = this.#known.get(row.credentialId)?.inARow;
    if (!inARow || inARow.size < IN_A_ROW) return false;
    const routes = [...inARow.values()];
    const paths = new Set(
      routes.map(pathOf).filter(path => path !== undefined),
    );
    return paths.size > 1 || routes.includes(TEST_ROUTE);
  }

  /** How old a token has to be until this route has it renewed: longer with each renewal that did not help. */
  cooldownOf(row: Generation, route: string): number {
    const its = this.#known.get(row.credentialId)?.routes.get(route);
    return its?.useless
      ? Math.min(REJECTED_COOLDOWN * 2 ** (its.useless - 1), LONGEST_REST)
      : 0;
  }

  #of({ credentialId }: Pick<Generation, 'credentialId'>): Known {
    let known = this.#known.get(credentialId);
    if (!known) {
      known = {
        inARow: new LRUCache({ max: MOST_ROUTES }),
        routes: new LRUCache({ max: MOST_ROUTES }),
      };
      this.#known.set(credentialId, known);
    }
    return known;
  }
}

/**
 * Returns the first segment of the path that a route is about, so that a path of the API is one, whoever calls it and with
 * whatever method. Nothing where it is not known: a pattern that begins with a placeholder, or a call that a plugin does not name.
 */
function pathOf(route: string): string | undefined {
  const [, segment] = / \/([^/ ]*)[^ ]*$/.exec(route) ?? [];
  return segment === undefined || /^[:*]/.test(segment) ? undefined : segment;
}

function youngUntil(row: CredentialRow): number {
  return Math.max(
    renewalAllowedAt(row),
    (row.obtainedAt ?? 0) + REJECTED_COOLDOWN,
  );
}
