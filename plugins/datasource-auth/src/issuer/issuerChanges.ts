import { get } from 'react-hook-form';
import { IssuerProposal } from 'backstage-plugin-datasource-auth-common';
import { appliesTo, fieldOfPath, FieldSpec } from '../kinds';
import { EditorValues } from '../settings/settingsForm';

/** A setting that an issuer would have otherwise than the form has it. */
export interface IssuerChange {
  field: FieldSpec;
  /** As the form holds it. */
  value: string | boolean;
  /** The host of the proposed address, where it is not the issuer's own. */
  otherHost?: string;
}

function otherHostOf(value: unknown, otherHosts: string[]): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const { host } = new URL(value);
  return otherHosts.includes(host) ? host : undefined;
}

/** What taking a proposal over would change in a form, in the order of the page's fields. */
export function issuerChanges(
  proposal: IssuerProposal,
  form: EditorValues,
): IssuerChange[] {
  const grantType = get(form, 'auth.grantType') as string;
  return Object.entries(proposal.set).flatMap(([path, proposed]) => {
    const field = fieldOfPath(path);
    // The issuer itself is the one that was asked, perhaps written with templates here.
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
