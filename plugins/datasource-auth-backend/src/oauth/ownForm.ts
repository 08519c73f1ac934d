import {
  CREDENTIAL_TEMPLATES,
  templateExpressions,
} from 'backstage-plugin-datasource-auth-common';
import { ProviderContext } from '../settings/ResolvedSettings';
import { SettingsError } from '../settings/SettingsError';
import {
  resolveHeader,
  resolveText,
  TemplateValues,
} from '../settings/templates';
import { basicHeader } from './clientAuthentications/basicCredentials';
import { Parameter } from './queryString';

/** What a token request has in place of the RFC's form. */
export interface OwnForm {
  authorization?: string;
  basic?: { username?: string; password?: string };
  values: TemplateValues;
}

/** What such a request sends. */
export interface FilledForm {
  authorization?: string;
  /** The parameters that it leaves to be sent. */
  parameters: readonly Parameter[];
  /** What no text may repeat. */
  secrets: string[];
}

/**
 * Returns what the settings have of their own for a token request; undefined where they have nothing.
 *
 * @throws SettingsError
 */
export function ownForm(
  { auth }: ProviderContext,
  values: TemplateValues,
): OwnForm | undefined {
  const { authorization, basic } = auth.token;
  if (authorization === undefined && !basic) return undefined;
  const { clientId, clientSecret } = auth;
  return {
    authorization,
    basic,
    values: {
      ...values,
      credentials: {
        clientId: clientId && resolveText(clientId, values),
        clientSecret,
      },
    },
  };
}

/**
 * Fills in a request's own form with the parameters that the RFC would send. What its header sends is no parameter any
 * more.
 *
 * @throws SettingsError
 */
export function fillForm(
  { authorization, basic, values }: OwnForm,
  parameters: readonly Parameter[],
): FilledForm {
  const sent = new Map(parameters);
  const filling: TemplateValues = {
    ...values,
    credentials: {
      ...Object.fromEntries(
        Object.entries(CREDENTIAL_TEMPLATES).map(([template, name]) => [
          template,
          sent.get(name),
        ]),
      ),
      ...values.credentials,
    },
  };
  const inHeader = templateExpressions(
    JSON.stringify([authorization, basic]),
  ).map(template => CREDENTIAL_TEMPLATES[template as CredentialTemplate]);
  return {
    ...headerOf({ authorization, basic }, filling),
    parameters: parameters.filter(
      ([name]) => !inHeader.some(each => each === name),
    ),
  };
}

type CredentialTemplate = keyof typeof CREDENTIAL_TEMPLATES;

function headerOf(
  { authorization, basic }: Omit<OwnForm, 'values'>,
  values: TemplateValues,
): Pick<FilledForm, 'authorization' | 'secrets'> {
  if (authorization !== undefined) {
    const header = resolveHeader('Authorization', authorization, values);
    return {
      authorization: header,
      secrets: [header, header.replace(/^\S+\s+/, '')],
    };
  }
  if (!basic) return { secrets: [] };
  const { username = '', password = '' } = basic;
  const user = resolveText(username, values);
  if (user.includes(':')) throw new SettingsError('basicUsernameColon');
  const secret = resolveText(password, values);
  return {
    authorization: basicHeader(user, secret),
    secrets: [`${user}:${secret}`, secret].filter(text => text.length > 1),
  };
}
