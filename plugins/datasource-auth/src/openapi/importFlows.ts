import {
  GRANTS,
  OpenApiFlow,
  OpenApiProposal,
  OpenApiScheme,
} from 'backstage-plugin-datasource-auth-common';
import { Text } from '../translation';

/** A flow of a proposal as a person chooses it. */
export interface ImportFlow {
  scheme: OpenApiScheme;
  flow: OpenApiFlow;
  /** Why it cannot be chosen. */
  unusable?: NonNullable<OpenApiFlow['unusable']> | 'grantDisabled';
}

/** Every scheme × flow in the order of the document. */
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

/** What a flow is called here: its grant, or its own name where that is unknown. */
export function flowName(t: Text, { flow }: ImportFlow): string {
  return flow.grantType ? t(`grant.${flow.grantType}`) : flow.flow;
}
