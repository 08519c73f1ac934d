import { useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  isApprovedByPerson,
  OpenApiChoice,
  OpenApiImport,
  OpenApiProposal,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { ImportWay, importWays, isOffered, suggestedWay } from './importWays';

/** The steps of an import, in order. */
export const IMPORT_STEPS = ['source', 'scheme', 'scopes', 'review'] as const;

/** One of {@link IMPORT_STEPS}. */
export type ImportStep = (typeof IMPORT_STEPS)[number];

/** The OpenID Connect scope that requests a refresh token. */
const OFFLINE = 'offline_access';

/** Returns the choice of a way, with the scopes that its operations need and offline access. */
function choiceOf({ scheme, flow, oauth }: ImportWay): OpenApiChoice {
  if (!oauth) return { scheme, server: 0 };
  // Without it, a person would be needed again when the first token expires (S0.10).
  const offline =
    oauth.flow.grantType &&
    isApprovedByPerson(oauth.flow.grantType) &&
    oauth.flow.scopes.some(each => each.scope === OFFLINE);
  return {
    scheme,
    flow,
    server: 0,
    scopes: [
      ...new Set([
        ...oauth.scheme.requiredScopes,
        ...(offline ? [OFFLINE] : []),
      ]),
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

  const ways = proposal ? importWays(proposal, passwordGrantEnabled) : [];
  const chosen = ways.find(
    ({ scheme, flow }) => scheme === choice?.scheme && flow === choice?.flow,
  );
  // Only tokens have scopes.
  const steps = IMPORT_STEPS.filter(
    each => each !== 'scopes' || !proposal || chosen?.oauth,
  );

  /** Reads a description, then goes to the step `then` if it offers a way to authenticate. */
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
      const first = suggestedWay(importWays(answer, passwordGrantEnabled));
      setProposal(answer);
      setChoice(first && choiceOf(first));
      setStep(first && isOffered(first) ? then : 'scheme');
    } catch (error) {
      if (call === latest.current) setFault(error as Error);
    } finally {
      if (call === latest.current) setReading(false);
    }
  };

  const move = (by: 1 | -1) => setStep(steps[steps.indexOf(step) + by] ?? step);

  return {
    step,
    steps,
    reading,
    fault,
    proposal,
    ways,
    choice,
    chosen,
    read,
    choose: (way: ImportWay) => setChoice(choiceOf(way)),
    change: (part: Partial<OpenApiChoice>) =>
      setChoice(before => before && { ...before, ...part }),
    goTo: setStep,
    next: () => move(1),
    back: () => move(-1),
  };
}

/** Result of {@link useOpenApiImport}. */
export type OpenApiImporting = ReturnType<typeof useOpenApiImport>;
