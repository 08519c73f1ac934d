import {
  HealthCheck,
  message,
  Message,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { healthCheck } from './healthCheck';

const PAGE = 200;

/** What a stored secret is, as people count it. Each of them lives longer than a day. */
type Sort = 'keys' | 'clientSecrets' | 'privateKeys';

/** The sort of each secret with a path of its own. Values that people mark as secret are keys. */
const SORTS: Readonly<Record<string, Sort | undefined>> = {
  'auth.clientSecret': 'clientSecrets',
  'auth.clientAssertion.key': 'privateKeys',
  'auth.assertion.key': 'privateKeys',
  'clientCertificate.key': 'privateKeys',
  // Useless without their key.
  'auth.clientAssertion.passphrase': undefined,
  'auth.assertion.passphrase': undefined,
  'clientCertificate.passphrase': undefined,
};

const COUNTED: Record<Sort, (count: number) => Message> = {
  keys: count => message('health.secrets.keys', { count }),
  clientSecrets: count => message('health.secrets.clientSecrets', { count }),
  privateKeys: count => message('health.secrets.privateKeys', { count }),
};

const REMEDIES: Record<Sort, Message> = {
  keys: message('health.secrets.keysRemedy'),
  clientSecrets: message('health.secrets.clientSecretsRemedy'),
  privateKeys: message('health.secrets.privateKeysRemedy'),
};

/** Returns how many secrets of each sort these paths name. */
function countOf(paths: string[]): Map<Sort, number> {
  const counts = new Map<Sort, number>();
  for (const path of paths) {
    const sort = Object.hasOwn(SORTS, path) ? SORTS[path] : 'keys';
    if (sort) counts.set(sort, (counts.get(sort) ?? 0) + 1);
  }
  return counts;
}

/** Counts the secrets at rest, and says how each sort of them could go. It names no datasource. */
export async function secretsCheck(
  store: Pick<DatasourceStore, 'list'>,
): Promise<HealthCheck> {
  const paths: string[] = [];
  let after: Parameters<DatasourceStore['list']>[1]['after'];
  do {
    const { items, next } = await store.list({}, { limit: PAGE, after });
    for (const { secretInfos } of items)
      paths.push(...Object.keys(secretInfos));
    after = next;
  } while (after);
  const counts = [...countOf(paths)];
  return healthCheck({
    id: 'secrets',
    state: 'ok',
    title: message('health.secrets.title'),
    detail: counts.length
      ? counts.map(([sort, count]) => COUNTED[sort](count))
      : [message('health.secrets.none')],
    remedy: counts.map(([sort]) => REMEDIES[sort]),
  });
}
