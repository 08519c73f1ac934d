import {
  OpenApiFlow,
  OpenApiProposal,
  OpenApiScheme,
} from 'backstage-plugin-datasource-auth-common';

/** A flow of a proposal as a person chooses it. */
export interface ImportFlow {
  scheme: OpenApiScheme;
  flow: OpenApiFlow;
  /** Why it cannot be chosen. */
  unusable?: NonNullable<OpenApiFlow['unusable']> | 'password';
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
        flow.grantType === 'password' && !passwordGrantEnabled
          ? ('password' as const)
          : flow.unusable,
    })),
  );
}
