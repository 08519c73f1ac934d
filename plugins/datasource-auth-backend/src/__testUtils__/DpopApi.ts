import { createHash, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose';
import { json, LocalServer } from '../egress/__testUtils__/LocalServer';

/** What an API refused a request for, as in RFC 9449 sections 7 and 9. */
interface Refused {
  error: 'invalid_token' | 'invalid_dpop_proof' | 'use_dpop_nonce';
  reason: string;
}

/** Asks the authorization server about a token (RFC 7662). */
export type Introspect = (
  token: string,
) => Promise<{ active: boolean; cnf?: { jkt?: string } }>;

/**
 * A resource server that accepts only tokens that are bound with DPoP, with a proof of their key for exactly this
 * request, and a nonce that it issued.
 */
export class DpopApi {
  readonly server: LocalServer;
  /** Why requests were refused. */
  readonly refused: string[] = [];
  /** Thumbprints of the keys that were proved. */
  readonly keys: string[] = [];
  /** Whether it refuses every proof. */
  refusesProofs = false;
  /** Milliseconds by which its clock is ahead. */
  ahead = 0;
  #nonce = randomUUID();
  readonly #rejected = new Set<string>();
  readonly #used = new Set<string>();

  static async start(introspect: Introspect): Promise<DpopApi> {
    const server = await LocalServer.start();
    return new DpopApi(server, introspect);
  }

  private constructor(server: LocalServer, introspect: Introspect) {
    this.server = server;
    server.behave(async (response, request) => {
      response.setHeader(
        'date',
        new Date(Date.now() + this.ahead).toUTCString(),
      );
      const fault = await this.#faultOf(request, introspect);
      if (!fault) {
        response.setHeader('dpop-nonce', this.#nonce);
        json({ path: request.path, body: request.body })(response, request);
        return;
      }
      this.refused.push(`${fault.error}: ${fault.reason}`);
      if (fault.error === 'use_dpop_nonce')
        response.setHeader('dpop-nonce', this.#nonce);
      response.setHeader('www-authenticate', `DPoP error="${fault.error}"`);
      json({ error: fault.error }, 401)(response, request);
    });
  }

  get url(): string {
    return `http://localhost:${this.server.port}`;
  }

  /** Accepts only proofs with a new nonce from now on. */
  changeNonce(): void {
    this.#nonce = randomUUID();
  }

  /** Rejects the token that was used last, although its proof is right. */
  rejectLast(): void {
    this.#rejected.add(tokenOf(this.server.last.headers.authorization));
  }

  async #faultOf(
    request: LocalServer['last'],
    introspect: Introspect,
  ): Promise<Refused | undefined> {
    const { authorization, dpop } = request.headers;
    const token = tokenOf(authorization);
    if (!token) return { error: 'invalid_token', reason: 'no DPoP token' };
    if (typeof dpop !== 'string')
      return { error: 'invalid_dpop_proof', reason: 'no proof' };
    const proof = await jwtVerify(dpop, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ['ES256'],
    }).catch(() => undefined);
    if (!proof || this.refusesProofs)
      return { error: 'invalid_dpop_proof', reason: 'signature' };
    const { ath, htm, htu, iat, jti, nonce } = proof.payload;
    const now = (Date.now() + this.ahead) / 1_000;
    const hash = createHash('sha256').update(token).digest('base64url');
    const faults = {
      htm: htm !== request.method,
      htu: htu !== `${this.url}${request.path}`,
      ath: ath !== hash,
      jti: !jti || this.#used.has(jti),
      iat: !(iat! > now - 30 && iat! <= now),
      jwk: 'd' in proof.protectedHeader.jwk!,
    };
    this.#used.add(String(jti));
    const wrong = Object.entries(faults).find(([, isWrong]) => isWrong);
    if (wrong) return { error: 'invalid_dpop_proof', reason: wrong[0] };
    if (nonce !== this.#nonce)
      return { error: 'use_dpop_nonce', reason: nonce ? 'old' : 'none' };
    const { active, cnf } = await introspect(token);
    if (!active || this.#rejected.has(token))
      return { error: 'invalid_token', reason: 'not active' };
    const jkt = await calculateJwkThumbprint(proof.protectedHeader.jwk!);
    if (cnf?.jkt !== jkt)
      return { error: 'invalid_token', reason: 'bound to another key' };
    this.keys.push(jkt);
    return undefined;
  }
}

function tokenOf(authorization: string = ''): string {
  return /^DPoP (\S+)$/.exec(authorization)?.[1] ?? '';
}
