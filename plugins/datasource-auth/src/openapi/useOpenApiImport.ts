import { useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  OpenApiChoice,
  OpenApiImport,
  OpenApiProposal,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { ImportFlow, importFlows } from './importFlows';

/** The steps of an import in their order. */
export const IMPORT_STEPS = ['source', 'scheme', 'scopes', 'review'] as const;

/** One of {@link IMPORT_STEPS}. */
export type ImportStep = (typeof IMPORT_STEPS)[number];

/** A choice of a flow, with the scopes that its operations need. */
function choiceOf({ scheme, flow }: ImportFlow): OpenApiChoice {
  return {
    scheme: scheme.name,
    flow: flow.flow,
    server: 0,
    scopes: scheme.requiredScopes,
  };
}

/** An import on its way: what was read, what is chosen of it, and which step it is at. Nothing is saved. */
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

  const read = async (request: OpenApiImport) => {
    latest.current += 1;
    const call = latest.current;
    setReading(true);
    setFault(undefined);
    try {
      const answer = await api.importOpenApi(request);
      if (call !== latest.current) return;
      const first = importFlows(answer, passwordGrantEnabled).find(
        ({ unusable }) => !unusable,
      );
      setProposal(answer);
      setChoice(first && choiceOf(first));
      setStep('scheme');
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
    next: () => move(1),
    back: () => move(-1),
  };
}

/** {@link useOpenApiImport}'s answer. */
export type OpenApiImporting = ReturnType<typeof useOpenApiImport>;
