import { LRUCache } from 'lru-cache';
import { CredentialRow, Generation } from './CredentialRow';
import { SubjectCache } from './SubjectCache';
import { renewalAllowedAt, REJECTED_COOLDOWN } from './freshness';

/** The route of a test call. Its result counts as much as several routes. */
export const TEST_ROUTE = 'test';

/** Rejections in a row that show that the token isn't the reason. */
const IN_A_ROW = 3;
const LONGEST_REST = 24 * 60 * 60_000;
/** Credentials whose rejections are remembered at most, for services and for people. */
const MOST_CREDENTIALS = 1_000;
const MOST_ROUTES = 200;

interface Route {
  /** Refreshes in a row, caused by this route, whose token it rejected as well. */
  useless: number;
  /** The generation that this route last refreshed, until it is known whether that helped. */
  renewed?: number;
}

/** Names a token, its grant, and whose it is. */
type Rejected = Pick<CredentialRow, 'key' | keyof Generation>;

interface Known {
  /** Which routes rejected which generation, in a row. */
  inARow: LRUCache<string, string>;
  routes: LRUCache<string, Route>;
}

/**
 * Tracks rejected tokens in this process, by the route of the call. One route that always rejects must neither cause
 * endless refreshes nor count for the whole API. A route is a pattern of the gateway, a plugin with its label of the
 * call, or the test path; users of a datasource can't invent one. An API counts as rejecting tokens only if several of
 * its paths do.
 */
export class Rejections {
  readonly #known = new SubjectCache<Known>({
    services: MOST_CREDENTIALS,
    people: MOST_CREDENTIALS,
  });

  /** Counts a rejection, once for each route and generation. */
  add(row: CredentialRow, route: string, now: number): void {
    const known = this.#of(row);
    const fact = `${row.generation} ${route}`;
    if (known.inARow.has(fact)) return;
    const young = now < youngUntil(row);
    // The token worked until now, so this rejection starts a new row
    if (!young && route !== TEST_ROUTE) known.inARow.clear();
    known.inARow.set(fact, route);
    const its = known.routes.get(route);
    if (its?.renewed !== undefined && row.generation > its.renewed) {
      if (young) its.useless += 1;
      its.renewed = undefined;
    }
  }

  /** A route caused a refresh. */
  renewed(row: Rejected, route: string): void {
    const { routes } = this.#of(row);
    const useless = routes.get(route)?.useless ?? 0;
    routes.set(route, { useless, renewed: row.generation });
  }

  /**
   * Counts that an API accepted a token.
   *
   * @param helped - the route that had rejected the token before it was refreshed
   */
  accept(row: Rejected, helped?: string): void {
    const known = this.#knownOf(row);
    known?.inARow.clear();
    const its = helped === undefined ? undefined : known?.routes.get(helped);
    if (its?.renewed !== undefined && row.generation > its.renewed) {
      known!.routes.delete(helped!);
    }
  }

  /** Returns whether fresh tokens are rejected: several in a row, on several routes or by the test path. */
  areTheRule(row: Rejected): boolean {
    const inARow = this.#knownOf(row)?.inARow;
    if (!inARow || inARow.size < IN_A_ROW) return false;
    const routes = [...inARow.values()];
    const paths = new Set(
      routes.map(pathOf).filter(path => path !== undefined),
    );
    return paths.size > 1 || routes.includes(TEST_ROUTE);
  }

  /** Returns how old a token must be before this route refreshes it: longer after each refresh that didn't help. */
  cooldownOf(row: Rejected, route: string): number {
    const its = this.#knownOf(row)?.routes.get(route);
    return its?.useless
      ? Math.min(REJECTED_COOLDOWN * 2 ** (its.useless - 1), LONGEST_REST)
      : 0;
  }

  #knownOf({ key, credentialId }: Rejected): Known | undefined {
    return this.#known.of(key.subject).get(credentialId);
  }

  #of(row: Rejected): Known {
    let known = this.#knownOf(row);
    if (!known) {
      known = {
        inARow: new LRUCache({ max: MOST_ROUTES }),
        routes: new LRUCache({ max: MOST_ROUTES }),
      };
      this.#known.of(row.key.subject).set(row.credentialId, known);
    }
    return known;
  }
}

/**
 * Returns the first segment of a route's path, so that one path counts once for all callers and methods. Undefined if
 * unknown: a pattern that begins with a placeholder, or a call that a plugin doesn't label.
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
