import { valuesOf, issuerOf } from './contextValues';
import { filledAssertion } from './filledAssertion';
import { ProviderContext, ResolvedAuth } from '../settings/ResolvedSettings';
import { resolveText } from '../settings/templates';

/**
 * The settings that name the client, templates filled: the client authentication signs and sends them as they are.
 *
 * @throws SettingsError
 */
export function filledAuth(context: ProviderContext): ResolvedAuth {
  const { auth } = context;
  const values = valuesOf(context);
  const fill = (text: string | undefined) =>
    text === undefined ? undefined : resolveText(text, values);
  return {
    ...auth,
    clientId: fill(auth.clientId),
    issuer: issuerOf(context),
    clientAssertion:
      auth.clientAssertion && filledAssertion(auth.clientAssertion, values),
  };
}
