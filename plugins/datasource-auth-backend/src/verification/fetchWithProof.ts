import { Egress } from '../egress/Egress';
import { DpopKey } from '../settings/ResolvedSettings';
import { DpopProofs, refusesProof } from '../signing/DpopProofs';

/**
 * Sends a request without a body, with a proof of the key that its token is bound to (RFC 9449 section 7), and once more
 * if the API asks for a nonce or has another time.
 *
 * @throws EgressError
 */
export async function fetchWithProof(
  url: string,
  init: NonNullable<Parameters<Egress['fetch']>[1]> & {
    method: string;
    headers: Record<string, string>;
  },
  options: {
    egress: Egress;
    proofs: DpopProofs;
    /** Absent for a token that isn't bound. */
    key?: DpopKey;
    accessToken: string;
  },
): Promise<Response> {
  const { accessToken, egress, key, proofs } = options;
  const { method } = init;
  const send = async () => {
    const proof = key && {
      dpop: await proofs.sign(key, { method, url, accessToken }),
    };
    const response = await egress.fetch(url, {
      ...init,
      headers: { ...init.headers, ...proof },
    });
    const header = (name: string) => response.headers.get(name) ?? undefined;
    const isBetter = proofs.note(url, {
      nonce: header('dpop-nonce'),
      date: header('date'),
    });
    const isRefused =
      key !== undefined &&
      isBetter &&
      refusesProof(response.status, header('www-authenticate'));
    return { response, isRefused };
  };
  const first = await send();
  return first.isRefused ? (await send()).response : first.response;
}
