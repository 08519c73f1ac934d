import {
  GRANTS,
  OpenApiFlow,
  OpenApiProposal,
  OpenApiScheme,
} from 'backstage-plugin-datasource-auth-common';
import { Text } from '../translation';

/** A flow of a proposal, as an option. */
export interface ImportFlow {
  scheme: OpenApiScheme;
  flow: OpenApiFlow;
  /** Why it can't be chosen. */
  unusable?: NonNullable<OpenApiFlow['unusable']> | 'grantDisabled';
}

/** Returns every combination of scheme and flow, in the order of the document. */
export function importFlows(
  proposal: OpenApiProposal,
  passwordGrantEnabled: boolean,
): ImportFlow[] {
  return proposal.schemes.flatMap(scheme =>
    scheme.flows.map(flow => ({
      scheme,
      flow,
      unusable:
        flow.grantType &&
        GRANTS[flow.grantType].canBeDisabled &&
        !passwordGrantEnabled
          ? ('grantDisabled' as const)
          : flow.unusable,
    })),
  );
}

/** Returns the display name of a flow: its grant, or its own name if unknown. */
export function flowName(t: Text, { flow }: ImportFlow): string {
  return flow.grantType ? t(`grant.${flow.grantType}`) : flow.flow;
}
