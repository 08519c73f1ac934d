import { setTimeout as sleep } from 'node:timers/promises';
import type { Provider } from 'oidc-provider';

/** How the token endpoint misbehaves. What is not set behaves. */
export interface DemoFaults {
  /** Wait so long before the request is looked at. */
  tokenDelayMs?: number;
  /** Do everything, then wait so long before the answer goes out. */
  answerDelayMs?: number;
  /** Answer with this status, and do nothing. */
  tokenStatus?: number;
  /** The error in that response. Default: `temporarily_unavailable`. */
  tokenError?: string;
  /** Seconds, or an HTTP date, in the `Retry-After` header of that answer. */
  retryAfter?: string | number;
  /** Never answer: having done nothing (`request`), or having done everything (`answer`). */
  hangToken?: 'request' | 'answer';
  /** Do everything, send half of the answer, cut the connection. */
  closeMidBody?: boolean;
  /** How many calls are hit before the endpoint recovers by itself. Default: every one. */
  times?: number;
}

/** The fault switch: set it, and the next calls of the token endpoint are hit. */
export class FaultSwitch {
  #faults: DemoFaults = {};

  get faults(): DemoFaults {
    return { ...this.#faults };
  }

  set(faults: DemoFaults) {
    this.#faults = { ...faults };
  }

  /** The faults of one call, counted down. */
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
      if (faults.hangToken === 'answer') {
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
