import { randomUUID } from 'node:crypto';
import { mockCredentials } from '@backstage/backend-test-utils';
import { assemble, changingConfig } from '../__testUtils__/assemble';
import { bareSettingsOf } from '../__testUtils__/settings';
import { SERVICE } from '../database/CredentialKey';
import { Caller } from './caller';

const CALLER: Caller = {
  kind: 'user',
  userRef: 'user:default/jane',
  credentials: mockCredentials.user('user:default/jane'),
};

describe('without approval requests', () => {
  it('nobody can read, complete or start an attempt for one', async () => {
    const { config } = changingConfig({
      app: { baseUrl: 'http://localhost:3000' },
      backend: { baseUrl: 'http://localhost:7007' },
      datasourceAuth: {
        encryption: { keys: [{ id: 'k1', secret: 'x'.repeat(32) }] },
        access: { managers: ['user:default/jane'] },
      },
    });
    const parts = await assemble(config);
    const id = randomUUID();
    const ticket = 't'.repeat(43);
    const completion = 'c'.repeat(43);
    await parts.authorizationStore.insert({
      ...{ id, userRef: CALLER.userRef, requestId: randomUUID() },
      subject: SERVICE,
      ...{ binding: 'b1', secretPaths: [], commit: true, display: 'popup' },
      ...{ settings: bareSettingsOf(), sealedSecrets: '' },
      status: 'pending',
      ticketHash: parts.sealer.hash('ticket', ticket),
    });

    const { authorizations, stops } = parts;
    await expect(
      authorizations.get(id, { caller: CALLER }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      authorizations.complete(id, completion, { caller: CALLER }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(stops.start(ticket)).rejects.toMatchObject({
      code: 'request_ended',
    });
  });
});
