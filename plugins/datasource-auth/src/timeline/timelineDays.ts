import { ActivityEntry } from 'backstage-plugin-datasource-auth-common';

/** A line of the timeline: one entry, or consecutive successful refreshes. */
export interface TimelineLine {
  /** The newest entry first. */
  entries: ActivityEntry[];
}

/** The lines of one calendar day in the user's time zone. */
export interface TimelineDay {
  /** A time on that day, epoch milliseconds. */
  at: number;
  lines: TimelineLine[];
}

/** Groups entries, newest first, by day, and consecutive successful automatic refreshes into one line. */
export function timelineDays(entries: ActivityEntry[]): TimelineDay[] {
  const days: TimelineDay[] = [];
  for (const entry of entries) {
    let day = days.at(-1);
    if (
      !day ||
      new Date(day.at).toDateString() !== new Date(entry.at).toDateString()
    ) {
      day = { at: entry.at, lines: [] };
      days.push(day);
    }
    const line = day.lines.at(-1);
    if (
      line &&
      isAutomaticRenewal(entry) &&
      isAutomaticRenewal(line.entries[0])
    )
      line.entries.push(entry);
    else day.lines.push({ entries: [entry] });
  }
  return days;
}

function isAutomaticRenewal({ kind, actor }: ActivityEntry): boolean {
  return kind === 'refreshed' && actor === undefined;
}
