import { useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  isApprovedByPerson,
  OpenApiChoice,
  OpenApiImport,
  OpenApiProposal,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { ImportFlow, importFlows } from './importFlows';

/** The steps of an import, in order. */
export const IMPORT_STEPS = ['source', 'scheme', 'scopes', 'review'] as const;

/** One of {@link IMPORT_STEPS}. */
export type ImportStep = (typeof IMPORT_STEPS)[number];

/** The OpenID Connect scope that requests a refresh token. */
const OFFLINE = 'offline_access';

/** Returns the choice of a flow, with the scopes that its operations need and offline access. */
function choiceOf({ scheme, flow }: ImportFlow): OpenApiChoice {
  // Without it, a person would be needed again when the first token expires (S0.10).
  const offline =
    flow.grantType &&
    isApprovedByPerson(flow.grantType) &&
    flow.scopes.some(({ scope }) => scope === OFFLINE);
  return {
    scheme: scheme.name,
    flow: flow.flow,
    server: 0,
    scopes: [
      ...new Set([...scheme.requiredScopes, ...(offline ? [OFFLINE] : [])]),
    ],
  };
}

/** State of an import: the proposal, the choices, and the current step. Nothing is saved. */
export function useOpenApiImport(options: { passwordGrantEnabled: boolean }) {
  const { passwordGrantEnabled } = options;
  const api = useApi(datasourceAuthApiRef);
  const [step, setStep] = useState<ImportStep>('source');
  const [reading, setReading] = useState(false);
  const [fault, setFault] = useState<Error>();
  const [proposal, setProposal] = useState<OpenApiProposal>();
  const [choice, setChoice] = useState<OpenApiChoice>();
  const latest = useRef(0);

  const flows = proposal ? importFlows(proposal, passwordGrantEnabled) : [];
  const chosen = flows.find(
    ({ scheme, flow }) =>
      scheme.name === choice?.scheme && flow.flow === choice.flow,
  );

  /** Reads a description, then goes to the step `then` if a flow can be used. */
  const read = async (
    request: OpenApiImport,
    then: 'scheme' | 'review' = 'scheme',
  ) => {
    latest.current += 1;
    const call = latest.current;
    setReading(true);
    setFault(undefined);
    try {
      const answer = await api.importOpenApi(request);
      if (call !== latest.current) return;
      const usable = importFlows(answer, passwordGrantEnabled).filter(
        ({ unusable }) => !unusable,
      );
      const first =
        usable.find(({ flow }) => !flow.insteadOfImplicit) ?? usable[0];
      setProposal(answer);
      setChoice(first && choiceOf(first));
      setStep(first ? then : 'scheme');
    } catch (error) {
      if (call === latest.current) setFault(error as Error);
    } finally {
      if (call === latest.current) setReading(false);
    }
  };

  const move = (by: 1 | -1) =>
    setStep(IMPORT_STEPS[IMPORT_STEPS.indexOf(step) + by] ?? step);

  return {
    step,
    reading,
    fault,
    proposal,
    flows,
    choice,
    chosen,
    read,
    choose: (flow: ImportFlow) => setChoice(choiceOf(flow)),
    change: (part: Partial<OpenApiChoice>) =>
      setChoice(before => before && { ...before, ...part }),
    goTo: setStep,
    next: () => move(1),
    back: () => move(-1),
  };
}

/** Result of {@link useOpenApiImport}. */
export type OpenApiImporting = ReturnType<typeof useOpenApiImport>;
