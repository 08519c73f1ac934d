import { get } from 'react-hook-form';
import {
  GrantType,
  IssuerProposal,
} from 'backstage-plugin-datasource-auth-common';
import { appliesTo, fieldOfPath, FIELDS, FieldSpec } from '../kinds';
import { EditorValues } from '../settings/settingsForm';

/** A setting whose proposed value differs from the form. */
export interface IssuerChange {
  field: FieldSpec;
  /** The value as the form holds it. */
  value: string | boolean;
  /** Host of the proposed URL, if it differs from the issuer's. */
  otherHost?: string;
}

function otherHostOf(value: unknown, otherHosts: string[]): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const { host } = new URL(value);
  return otherHosts.includes(host) ? host : undefined;
}

/** Returns the changes that accepting a proposal makes in a form, in the order of the page's fields. */
export function issuerChanges(
  proposal: IssuerProposal,
  form: EditorValues,
): IssuerChange[] {
  const grantType = get(form, 'auth.grantType') as GrantType;
  const { 'auth.clientAuthentication': method, ...endpoints } =
    proposal.mutualTls ?? {};
  const authenticates =
    method !== undefined && get(form, 'auth.clientAuthentication') === method;
  const binds = get(form, FIELDS.senderConstraint.path) === 'mtls';
  const set = {
    ...proposal.set,
    ...((authenticates || binds) && endpoints),
    ...(authenticates && { 'auth.clientAuthentication': method }),
  };
  return Object.entries(set).flatMap(([path, proposed]) => {
    const field = fieldOfPath(path);
    // Skip the issuer: it is the requested one, perhaps written with templates.
    if (field?.path !== path || field.id === 'issuer') return [];
    if (!appliesTo(field, grantType)) return [];
    const value =
      field.kind === 'flag'
        ? proposed === true
        : [proposed].flat().map(String).join(' ');
    if (value === get(form, path)) return [];
    const otherHost = otherHostOf(proposed, proposal.otherHosts);
    return [{ field, value, otherHost }];
  });
}
