import { setTimeout as sleep } from 'node:timers/promises';
import type { Provider } from 'oidc-provider';

/** Faults of the token endpoint. Absent ones don't occur. */
export interface DemoFaults {
  /** Wait this long before reading the request. */
  tokenDelayMs?: number;
  /** Do everything, then wait this long before the response. */
  answerDelayMs?: number;
  /** Respond with this status, and do nothing. */
  tokenStatus?: number;
  /** Error in that response. Default: `temporarily_unavailable`. */
  tokenError?: string;
  /** Seconds, or an HTTP date, in the `Retry-After` header of that response. */
  retryAfter?: string | number;
  /** Never respond: before doing anything (`request`), or after doing everything (`response`). */
  hangToken?: 'request' | 'response';
  /** Do everything, send half of the response, and cut the connection. */
  closeMidBody?: boolean;
  /** Number of requests before the endpoint recovers. Default: unlimited. */
  times?: number;
}

/** Switches faults on for the next requests to the token endpoint. */
export class FaultSwitch {
  #faults: DemoFaults = {};

  get faults(): DemoFaults {
    return { ...this.#faults };
  }

  set(faults: DemoFaults) {
    this.#faults = { ...faults };
  }

  /** Returns the faults of one request, counted down. */
  #take(): DemoFaults {
    const { times, ...faults } = this.#faults;
    if (times !== undefined) {
      this.#faults = times > 1 ? { ...faults, times: times - 1 } : {};
    }
    return faults;
  }

  register(provider: Provider) {
    provider.use(async (ctx, next) => {
      if (ctx.path !== '/token' || ctx.method !== 'POST') {
        await next();
        return;
      }
      const faults = this.#take();
      if (faults.tokenDelayMs) await sleep(faults.tokenDelayMs);
      if (faults.hangToken === 'request') {
        ctx.respond = false;
        return;
      }
      if (faults.tokenStatus) {
        if (faults.retryAfter !== undefined) {
          ctx.set('Retry-After', String(faults.retryAfter));
        }
        ctx.status = faults.tokenStatus;
        ctx.body = { error: faults.tokenError ?? 'temporarily_unavailable' };
        return;
      }

      await next();
      if (faults.answerDelayMs) await sleep(faults.answerDelayMs);
      if (faults.hangToken === 'response') {
        ctx.respond = false;
      } else if (faults.closeMidBody) {
        ctx.respond = false;
        const body = Buffer.from(JSON.stringify(ctx.body));
        ctx.res.writeHead(ctx.status, {
          'content-type': 'application/json',
          'content-length': body.length,
        });
        ctx.res.write(body.subarray(0, Math.floor(body.length / 2)), () =>
          ctx.res.destroy(),
        );
      }
    });
  }
}
