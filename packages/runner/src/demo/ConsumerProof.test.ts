import type { ListedDatasource } from '../processes/backstage';
import { ConsumerProof } from './ConsumerProof';

describe('ConsumerProof', () => {
  const datasource = (
    name: string,
    grantType: ListedDatasource['grantType'],
    state: string,
    reasonCode: string,
  ): ListedDatasource => ({
    ...{ name, grantType, consumers: ['sample-consumer'] },
    status: { state, reasonCode },
  });

  function proofOf(list: ListedDatasource[]) {
    const lines: string[] = [];
    const backstage = {
      datasources: async () => list,
      consume: jest.fn(async (name: string) =>
        name === 'broken'
          ? { status: 503, body: { error: { message: 'Provider is down' } } }
          : { status: 200, body: {} },
      ),
    };
    const proof = new ConsumerProof({
      backstage,
      print: line => lines.push(line),
    });
    return { proof, lines, consume: backstage.consume };
  }

  it('prints one line for each authorized datasource, once', async () => {
    const { proof, lines } = proofOf([
      datasource('demo-web', 'authorization_code', 'AUTHORIZED', 'valid'),
      datasource('broken', 'authorization_code', 'AUTHORIZED', 'valid'),
    ]);
    await proof.look();
    await proof.look();
    expect(lines).toEqual([
      'sample-consumer: demo-web authorization_code 200',
      'sample-consumer: broken authorization_code 503 Provider is down',
    ]);
  });

  it('uses grants that require no person at once, and leaves the others alone', async () => {
    const { proof, lines } = proofOf([
      datasource('machine', 'client_credentials', 'NOT_AUTHORIZED', 'none'),
      datasource('web', 'authorization_code', 'NOT_AUTHORIZED', 'none'),
      datasource('past', 'password', 'NOT_AUTHORIZED', 'cleared'),
    ]);
    await proof.look();
    expect(lines).toEqual(['sample-consumer: machine client_credentials 200']);
  });

  it('N1: names the kind of a credential that no provider issued', async () => {
    const { proof, lines } = proofOf([
      {
        ...{ name: 'demo-key', type: 'static', consumers: '*' },
        status: { state: 'AUTHORIZED', reasonCode: 'no_expiry' },
      },
      {
        ...{ name: 'demo-jwt', type: 'jwt', consumers: '*' },
        status: { state: 'AUTHORIZED', reasonCode: 'signs_on_use' },
      },
      datasource('demo-assertion', 'jwt_bearer', 'NOT_AUTHORIZED', 'none'),
    ]);
    await proof.look();
    expect(lines).toEqual([
      'sample-consumer: demo-key static 200',
      'sample-consumer: demo-jwt jwt 200',
      'sample-consumer: demo-assertion jwt_bearer 200',
    ]);
  });

  it('N10: says where each person connects, and calls nothing for them', async () => {
    const { proof, lines, consume } = proofOf([
      datasource('demo-people', 'authorization_code', 'PER_USER', 'per_user'),
    ]);
    await proof.look();
    await proof.look();
    expect(lines).toEqual([
      'sample-consumer: demo-people each person connects',
    ]);
    expect(consume).not.toHaveBeenCalled();
  });

  it('checks again after a person authorizes again', async () => {
    const web = datasource('web', 'authorization_code', 'AUTHORIZED', 'valid');
    const { proof, lines } = proofOf([web]);
    await proof.look();
    web.status = { state: 'NOT_AUTHORIZED', reasonCode: 'cleared' };
    await proof.look();
    web.status = { state: 'AUTHORIZED', reasonCode: 'valid' };
    await proof.look();
    expect(lines).toHaveLength(2);
  });

  it('skips what the sample consumer may not use', async () => {
    const { proof, lines } = proofOf([
      {
        ...datasource('x', 'client_credentials', 'AUTHORIZED', 'valid'),
        consumers: ['techdocs'],
      },
    ]);
    await proof.look();
    expect(lines).toEqual([]);
  });
});
