import {
  CredentialAction,
  Datasource,
  Impact,
} from 'backstage-plugin-datasource-auth-common';
import { PanelState } from '../authorization/panelState';
import { isThroughGateway } from '../usage/formatPlugin';

/** A consequence of Save that the form doesn't show. */
export type Consequence =
  /** Plugins would act as another account. */
  | { kind: 'account'; before: string; after: string }
  /** The credential in use would no longer belong to the settings: ids of the changed ones. */
  | { kind: 'ends'; changed: string[] }
  /** The credential in use would be deleted. Asked about when it was staged, so told here but not asked for it alone. */
  | { kind: 'clears' }
  /** Plugins that took tokens in the last 24 hours would get no more. */
  | { kind: 'blocks'; plugins: string[] };

/** The new settings and those they replace. */
export interface PlannedSave {
  saved?: Datasource;
  state: PanelState;
  credential: CredentialAction;
  /** IDs of edited settings that invalidate the saved credential. */
  ending: string[];
  /** Allowed plugins after the save. */
  consumers: '*' | string[];
}

/**
 * Returns the accounts before and after the save that plugins act as. Undefined if a provider doesn't name the account.
 */
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

/** Returns whether consumers lose or may lose access, for example if a list replaces "any plugin". */
function narrows(before: '*' | string[], after: '*' | string[]): boolean {
  if (after === '*') return false;
  return before === '*' || before.some(plugin => !after.includes(plugin));
}

/** Returns whether the consumers must be loaded before a save. Most saves have no consequences outside the form. */
export function mayHaveConsequences(planned: PlannedSave): boolean {
  const { saved, consumers } = planned;
  return Boolean(
    saved &&
      (saveConsequences(planned).length > 0 ||
        narrows(saved.consumers, consumers)),
  );
}

/** Returns the consequences of a save outside the form; empty if it needs no confirmation. */
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
