import { ConsumerUsage, Impact } from 'backstage-plugin-datasource-auth-common';
import { Usage } from './UsageRecorder';

const DAY = 24 * 60 * 60_000;

/**
 * Returns one line per plugin, including those that are allowed but never used it, and those that tried without being
 * allowed.
 *
 * @param firstSeen - when each plugin first asked for a token
 */
export function summarizeConsumers(
  allowed: '*' | string[],
  usage: Usage[],
  now: number,
  firstSeen: ReadonlyMap<string, number> = new Map(),
): ConsumerUsage[] {
  const byPlugin = new Map<string, ConsumerUsage>();
  const lineOf = (plugin: string) => {
    let line = byPlugin.get(plugin);
    if (!line) {
      line = {
        plugin,
        // People and external tokens in the gateway are let through by permission, not by the list.
        allowed:
          allowed === '*' || plugin.startsWith('@') || allowed.includes(plugin),
        handOuts24h: 0,
        rejections24h: 0,
        refusals24h: 0,
        ...(firstSeen.has(plugin) && { firstSeenAt: firstSeen.get(plugin) }),
      };
      byPlugin.set(plugin, line);
    }
    return line;
  };
  if (allowed !== '*') allowed.forEach(lineOf);
  for (const entry of usage) {
    const line = lineOf(entry.plugin);
    if (entry.handOuts > 0) {
      line.lastUsedAt = Math.max(line.lastUsedAt ?? 0, entry.hour);
    }
    if (entry.refusals > 0) {
      line.lastRefusedAt = Math.max(line.lastRefusedAt ?? 0, entry.hour);
    }
    if (entry.hour > now - DAY) {
      line.handOuts24h += entry.handOuts;
      line.rejections24h += entry.rejections;
      line.refusals24h += entry.refusals;
    }
  }
  return [...byPlugin.values()].sort((a, b) => (a.plugin < b.plugin ? -1 : 1));
}

/** Returns the consumers that would be affected if the credential were removed. */
export function impactOf(usage: Usage[], now: number): Impact {
  const consumers = summarizeConsumers([], usage, now)
    .filter(({ handOuts24h }) => handOuts24h > 0)
    .sort((a, b) => b.handOuts24h - a.handOuts24h)
    .map(({ plugin, handOuts24h, lastUsedAt }) => ({
      plugin,
      handOuts24h,
      lastUsedAt,
    }));
  return {
    consumers,
    handOuts24h: consumers.reduce((sum, one) => sum + one.handOuts24h, 0),
  };
}
