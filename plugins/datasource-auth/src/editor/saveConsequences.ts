import {
  CredentialAction,
  Datasource,
  Impact,
} from 'backstage-plugin-datasource-auth-common';
import { PanelState } from '../authorization/panelState';
import { isThroughGateway } from '../usage/formatPlugin';

/** Something that Save would do and that the form does not show. */
export type Consequence =
  /** Plugins would act as another account. */
  | { kind: 'account'; before: string; after: string }
  /** The credential in use would no longer belong to the settings: ids of the changed ones. */
  | { kind: 'ends'; changed: string[] }
  /** The credential in use would be deleted. Asked about when it was staged, so told here but not asked for it alone. */
  | { kind: 'clears' }
  /** Plugins that took tokens in the last 24 hours would get no more. */
  | { kind: 'blocks'; plugins: string[] };

/** What is about to be saved, over what. */
export interface PlannedSave {
  saved?: Datasource;
  state: PanelState;
  credential: CredentialAction;
  /** Ids of edited settings by which the saved credential would no longer belong to the datasource. */
  ending: string[];
  /** Consumers as they will be. */
  consumers: '*' | string[];
}

/** The account that plugins act as now, and the one after Save. Undefined where a provider does not name the accounts. */
function accountChange({ saved, state }: PlannedSave): Consequence | undefined {
  if (state.kind !== 'staged') return undefined;
  const before = saved?.status.account;
  const after = state.credential.account;
  return before && after && before !== after
    ? { kind: 'account', before, after }
    : undefined;
}

function includes(consumers: '*' | string[], plugin: string): boolean {
  return consumers === '*' || consumers.includes(plugin);
}

/** Whether consumers are taken off, or may be: a list in the place of any plugin. */
function narrows(before: '*' | string[], after: '*' | string[]): boolean {
  if (after === '*') return false;
  return before === '*' || before.some(plugin => !after.includes(plugin));
}

/**
 * Whether it is worth asking who used the datasource before it is saved: most saves have no consequence that the form
 * does not show.
 */
export function mayHaveConsequences(planned: PlannedSave): boolean {
  const { saved, consumers } = planned;
  return Boolean(
    saved &&
      (saveConsequences(planned).length > 0 ||
        narrows(saved.consumers, consumers)),
  );
}

/** What Save would do besides what the form shows; none where it needs no confirmation. */
export function saveConsequences(
  planned: PlannedSave,
  impact?: Impact,
): Consequence[] {
  const { saved, credential, ending, consumers } = planned;
  if (!saved) return [];
  const inUse = saved.status.state === 'AUTHORIZED';
  const found: Consequence[] = [];
  const account = accountChange(planned);
  if (account) found.push(account);
  if (inUse && credential.action === 'keep' && ending.length)
    found.push({ kind: 'ends', changed: ending });
  const blocked = (impact?.consumers ?? [])
    .map(({ plugin }) => plugin)
    .filter(
      plugin =>
        !isThroughGateway(plugin) &&
        includes(saved.consumers, plugin) &&
        !includes(consumers, plugin),
    );
  if (blocked.length) found.push({ kind: 'blocks', plugins: blocked });
  if (found.length && inUse && credential.action === 'clear')
    found.push({ kind: 'clears' });
  return found;
}
