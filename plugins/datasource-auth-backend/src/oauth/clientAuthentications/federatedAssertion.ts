import { SettingsError } from '../../settings/SettingsError';
import { assertionParameters } from './clientAssertion';
import { ClientAuthentication } from './ClientAuthentication';

/**
 * `federated_assertion`: an assertion that someone else issued (RFC 7523 section 2.2, workload identity). It is read from
 * its file for each request.
 */
export const federatedAssertion: ClientAuthentication = {
  authenticate: async (
    auth,
    _endpoint,
    now,
    { datasource, origins, files },
  ) => {
    const { clientAssertion, clientId } = auth;
    if (!clientAssertion?.file) {
      throw new SettingsError('fileMissingInSettings');
    }
    const { text } = await files.read(clientAssertion.file, {
      for: 'client_assertion',
      ...{ datasource, origins, now },
    });
    return assertionParameters(clientId, text);
  },
};
